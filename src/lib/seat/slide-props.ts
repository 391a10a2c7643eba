import type { ParticipantView } from '#protocol/views.ts';

/** As on the wire: the two ends of the workshop's scale, in its order. */
export type Poles = ParticipantView['workshop']['poles'];

/** What a slide's phone face is given. The seat and its outbox travel by context (`usePhone`). */
export interface ParticipantProps<Slide> {
  slide: Slide;
  poles: Poles;
  round: ParticipantView['round'];
  timer: ParticipantView['timer'];
  /** The server's clock, ms since 1970. */
  serverNow: () => number;
}

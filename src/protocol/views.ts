/** What each audience sees, whole. A client replaces its view, never patches it (R3). */
import { z } from 'zod';
import { askedSchema, id, pole, releaseSchema } from '#slides/kind.ts';
import { slideSchema } from '#slides/kinds.ts';

const cursor = z.strictObject({ step: id, stage: id });

/** The two heads every face shows (DISC-10), and how many have answered the open round (DISC-6). */
export const countsSchema = z.strictObject({
  /** Seats connected now, with 30 s of grace. */
  present: z.int().min(0),
  /** Seats ever given. */
  seats: z.int().min(0),
  /** Counted so far in the open round; null when none is open. At most every 5 s. */
  answered: z.int().min(0).nullable(),
});
export type Counts = z.output<typeof countsSchema>;

/** A counts tick. A client whose revision is lower asks for a fresh view. */
export const tickSchema = z.strictObject({
  epoch: z.string(),
  revision: z.int(),
  counts: countsSchema,
});
export type Tick = z.output<typeof tickSchema>;

/** The frozen contract (DISC-8). `operator`: who runs the server; null: the facilitator's own machine. */
export const contractSchema = z.strictObject({
  policy: z.enum(['standard', 'strict']),
  minimum: z.int(),
  statementsFrom: z.int(),
  operator: z.string().nullable(),
});

const base = {
  /** Changes when the store may have gone back in time: revisions compare within one epoch only. */
  epoch: z.string(),
  revision: z.int().min(1),
  /** The server's clock at sending, ms since 1970: for timers. */
  now: z.number(),
  workshop: z.strictObject({
    id,
    title: z.string(),
    language: z.string(),
    /** All that a phone may choose from, the session's own first. */
    languages: z.array(z.string()),
    poles: z.tuple([pole, pole]),
  }),
  cursor,
  /** Position in the agenda from 0, and its length. */
  position: z.int(),
  steps: z.int(),
  slide: slideSchema,
  /** The round of the present step, or null when it has none. `ready`: asked, not yet open. */
  round: z.strictObject({ question: id, status: z.enum(['ready', 'open', 'closed']) }).nullable(),
  timer: z.strictObject({ endsAt: z.number(), seconds: z.int() }).nullable(),
  counts: countsSchema,
  locked: z.boolean(),
  /** Every face says so: its people are simulated, and nothing in it is real. */
  rehearsal: z.boolean(),
  contract: contractSchema,
};

export const participantView = z.strictObject({ audience: z.literal('participant'), ...base });
export type ParticipantView = z.output<typeof participantView>;

const wall = {
  code: z.string(),
  /** What the QR says, reachable from a phone. */
  joinUrl: z.string(),
  /** What lies over the slide. Phones hear nothing of it: they keep the slide. */
  curtain: z.enum(['black', 'code']).nullable(),
};

export const screenView = z.strictObject({ audience: z.literal('screen'), ...base, ...wall });
export type ScreenView = z.output<typeof screenView>;

const agendaEntry = z.strictObject({
  id,
  title: z.string(),
  kind: z.string(),
  minutes: z.number(),
  /** Where a jump to this step lands; null while it has nothing to show. */
  landing: cursor.nullable(),
});

export const hostView = z.strictObject({
  audience: z.literal('host'),
  ...base,
  ...wall,
  notes: z.string(),
  cue: z.string().nullable(),
  /** Ids of this step's stages in order, asides left out, for “3 of 7”. */
  stages: z.array(id),
  /** Where the primary action leads and where “back” does; null at the ends. */
  next: cursor.nullable(),
  previous: cursor.nullable(),
  /** The aside stage of this step (talk instead of a vote), when it may be entered. */
  aside: cursor.nullable(),
  agenda: z.array(agendaEntry),
  /** The release of this step's closed round: the host may look first (DISC-9). */
  release: releaseSchema.nullable(),
  /** What the numbers of this step's question stand for; null where nothing is asked. */
  scale: askedSchema.shape.scale.nullable(),
  /** The round of this step is closed and cannot be opened: the server's secret is another one now. */
  stuck: z.boolean(),
  /** The next stage of this step has nothing to show, and `next` passes it by. */
  passed: z.boolean(),
  /** What `next` will look like, as long as nobody presses anything else. Never holds a result. */
  ahead: z.strictObject({ slide: slideSchema, position: z.int(), round: base.round }).nullable(),
  startedAt: z.number().nullable(),
  stepSince: z.number(),
  /** Whole minutes that the plan was given, or lost; may be negative. */
  extra: z.int(),
  /** Seats this room has at most (S2). */
  maxSeats: z.int(),
});
export type HostView = z.output<typeof hostView>;

export const viewSchema = z.discriminatedUnion('audience', [participantView, screenView, hostView]);
export type View = z.output<typeof viewSchema>;
export type Audience = View['audience'];
export type AnyView = ParticipantView | ScreenView | HostView;

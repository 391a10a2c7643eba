/** The way in for whoever has no key yet: looking at a room and joining it share one budget of wrong codes (S1). */
import { normaliseCode } from '#core/code.ts';
import type { Ack, JoinRequest, RoomReply } from '#protocol/messages.ts';
import { CODES, createGuessing, guarded } from './guessing.ts';
import type { Seated, Sessions } from './sessions.ts';

export interface Entrance {
  /** @param client as `clientKey` names it. @param language see `Sessions.look` */
  look: (client: string, room: string, language: string | null) => Promise<Ack<RoomReply>>;
  join: (client: string, request: JoinRequest) => Promise<Ack<Seated>>;
}

export function createEntrance(sessions: Sessions): Entrance {
  const codes = createGuessing(CODES);

  /** A code that opens no room counts as a guess; the QR link's long id is beyond guessing. */
  function find<T extends object>(client: string, room: string, look: () => Promise<Ack<T>>) {
    if (normaliseCode(room) === null) return look();
    return guarded(codes, client, 'unknown-room', look);
  }

  return {
    look: (client, room, language) => find(client, room, () => sessions.look(room, language)),
    join: (client, request) => find(client, request.room, () => sessions.join(request)),
  };
}

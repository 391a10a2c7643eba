/** Which seats are here: per room, the seats with a socket on this node, with 30 s of grace (DISC-10). */
import type { Clock } from '../clock.ts';

/** A phone that sleeps, reloads or changes networks is still present for this long. */
const GRACE_MS = 30_000;

export interface Presence {
  /** A participant's socket has come; `true` when the seat was not here before. */
  arrive: (sid: string, seat: string) => boolean;
  /** A participant's socket has gone; `onGone` runs when no other comes within the grace. */
  leave: (sid: string, seat: string, onGone: () => void) => void;
  /** Rooms with somebody present, and the seats of one. */
  rooms: () => string[];
  seats: (sid: string) => string[];
  forget: (sid: string) => void;
}

interface Here {
  sockets: number;
  callOff: (() => void) | null;
}

export function createPresence(clock: Clock): Presence {
  const rooms = new Map<string, Map<string, Here>>();

  function gone(sid: string, seat: string): void {
    const seats = rooms.get(sid);
    seats?.delete(seat);
    if (seats?.size === 0) rooms.delete(sid);
  }

  return {
    arrive: (sid, seat) => {
      const seats = rooms.get(sid) ?? new Map<string, Here>();
      rooms.set(sid, seats);
      const here = seats.get(seat);
      here?.callOff?.();
      seats.set(seat, { sockets: (here?.sockets ?? 0) + 1, callOff: null });
      return here === undefined;
    },
    leave: (sid, seat, onGone) => {
      const here = rooms.get(sid)?.get(seat);
      if (!here) return;
      here.sockets -= 1;
      if (here.sockets > 0) return;
      here.callOff = clock.after(GRACE_MS, () => {
        gone(sid, seat);
        onGone();
      });
    },
    rooms: () => [...rooms.keys()],
    seats: (sid) => [...(rooms.get(sid)?.keys() ?? [])],
    forget: (sid) => {
      for (const here of rooms.get(sid)?.values() ?? []) here.callOff?.();
      rooms.delete(sid);
    },
  };
}

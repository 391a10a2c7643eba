/** What never changes about a session, kept in memory while this node serves it. */
import type { Agenda } from '#core/agenda.ts';
import type { Policy } from '#core/disclosure.ts';
import type { Round } from '#core/round.ts';
import { agendaOf, roundsOf } from '#slides/kinds.ts';
import type { InLanguages } from './languages.ts';
import type { Store } from './store/store.ts';

export interface Room extends InLanguages {
  code: string;
  joinUrl: () => string;
  policy: Policy;
  operator: string | null;
  rehearsal: boolean;
  /** Seats the room has at most. */
  maxSeats: number;
  agenda: Agenda;
  rounds: ReadonlyMap<string, Round>;
}

export interface Rooms {
  /** null when no such session exists (any more). */
  get: (sid: string) => Promise<Room | null>;
  forget: (sid: string) => void;
}

/** Looking at a room without a socket (the page before joining) must not fill the memory. */
const MOST_ROOMS = 1_000;

/**
 * @param originNow where phones reach this server today, for sessions made as localhost
 * @param maxSeats of every room of this server
 */
export function createRooms(store: Store, originNow: () => string, maxSeats: number): Rooms {
  const rooms = new Map<string, Promise<Room | null>>();
  const load = async (sid: string): Promise<Room | null> => {
    const meta = await store.meta(sid);
    if (!meta) return null;
    const { workshop, translations, code, qr, origin, policy, operator, rehearsal } = meta;
    return {
      code,
      joinUrl: () => `${origin ?? originNow()}/join/${code}#${qr}`,
      policy,
      operator,
      rehearsal,
      maxSeats,
      workshop,
      translations,
      agenda: agendaOf(workshop.steps),
      rounds: roundsOf(workshop.steps),
    };
  };
  return {
    get: async (sid) => {
      const known = rooms.get(sid) ?? load(sid);
      const [oldest] = rooms.keys();
      if (oldest !== undefined && rooms.size >= MOST_ROOMS && !rooms.has(sid)) rooms.delete(oldest);
      rooms.set(sid, known);
      const room = await known.catch((error: unknown) => {
        rooms.delete(sid);
        throw error;
      });
      if (!room) rooms.delete(sid);
      return room;
    },
    forget: (sid) => {
      rooms.delete(sid);
    },
  };
}

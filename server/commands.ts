/**
 * A host's commands, applied and stored: one command to Redis where the session is as this node knew
 * it. What is remembered can only be too old, never wrong: the store takes a change for the revision
 * that it stands on alone (R8), and whatever would be refused, or goes by the counts, is read first.
 */
import { apply, type SessionState, type Transition } from '#core/session.ts';
import type { Ack, HostCommand } from '#protocol/messages.ts';
import type { Clock } from './clock.ts';
import type { OnPoint } from './points.ts';
import type { Rooms } from './rooms.ts';
import type { Committed, Store } from './store/store.ts';

/** How often a command is tried again when another node changed the session in between. */
const TRIES = 5;

/** More rooms than a node serves at a time; what is forgotten is read again. */
const MOST_SEEN = 10_000;

/** `epoch`: of the store when it was still to be changed. */
export interface Changed extends Committed {
  epoch: string;
}

export interface Commands {
  /**
   * @param by hash of the host's key; nothing is changed with one that was taken away (S3)
   * @param channel by which nodes hear of the room, this one for sure; null: not known
   * @returns `changed`: only when the room has something new to see
   */
  command: (
    sid: string,
    by: string,
    command: HostCommand,
    channel?: string | null,
  ) => Promise<Ack & { changed?: Changed }>;
  forget: (sid: string) => void;
}

interface Deps {
  store: Store;
  rooms: Rooms;
  clock: Clock;
  onPoint: OnPoint;
}

export function createCommands({ store, rooms, clock, onPoint }: Deps): Commands {
  /** As this node last saw a session stored, and in which run of the store. */
  const seen = new Map<string, { epoch: string; state: SessionState }>();

  return {
    command: async (sid, by, request, channel = null) => {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const epoch = store.epoch();
        const room = await rooms.get(sid);
        if (!room) return { ok: false, reason: 'unknown-room' };
        const known = attempt === 0 ? seen.get(sid) : undefined;
        let transition =
          known?.epoch === epoch ? apply(room.agenda, known.state, request, clock.now()) : null;
        if (transition?.result !== 'changed' || transition.effect?.round === 'closes') {
          const loaded = await store.load(sid);
          if (!loaded) return { ok: false, reason: 'unknown-room' };
          const { state, counts } = loaded;
          transition = apply(room.agenda, state, request, clock.now());
          if (transition.result === 'refused') return { ok: false, reason: transition.reason };
          if (transition.result === 'unchanged') return { ok: true };
          if (needsConfirming(request, transition, counts, room.policy.minimum))
            return { ok: false, reason: 'confirm-close' };
        }
        const { state, effect } = transition;
        await onPoint('before-commit', sid);
        // Another run may stand on the same revision by another way.
        if (store.epoch() !== epoch) continue;
        const done = await store.commit(sid, by, state.revision - 1, state, effect, channel);
        if (done === 'stale') continue;
        if (done === 'gone') return { ok: false, reason: 'unknown-room' };
        if (done === 'revoked') return { ok: false, reason: done };
        if (seen.size >= MOST_SEEN) seen.clear();
        if (store.epoch() === epoch) seen.set(sid, { epoch, state });
        await onPoint('committed', sid);
        return { ok: true, changed: { ...done, epoch } };
      }
      return { ok: false, reason: 'try-again' };
    },
    forget: (sid) => {
      seen.delete(sid);
    },
  };
}

/**
 * Closing asks once more while fewer have answered than are present, or than the minimum (DISC-5).
 * It goes by the counts everybody sees, so that trying to close tells nothing new (DISC-6).
 */
function needsConfirming(
  request: HostCommand,
  transition: Transition,
  counts: { present: number; answered: number | null },
  minimum: number,
): boolean {
  if (request.do !== 'move' || request.confirm) return false;
  if (transition.result !== 'changed' || transition.effect?.round !== 'closes') return false;
  const answered = counts.answered ?? 0;
  return answered < counts.present || answered < minimum;
}

/**
 * The room's pulse: counts at most every 5 s and only when they have changed (DISC-6), and a slow beat
 * by which a client notices that it missed a view.
 */
import type { Receipt } from '#protocol/messages.ts';
import { createPresence } from './presence.ts';
import type { Broadcast } from './broadcast.ts';
import type { Identity } from './handshake.ts';
import type { Keyholders } from './keyholders.ts';
import type { RealtimeDeps } from './server.ts';

/** DISC-6: never more often. */
const TICK_MS = 5_000;
/** Every fourth beat goes to every room, changed or not, and keeps this node's presence alive in the store. */
const SLOW_BEATS = 4;

export interface Pulse {
  /** A socket has come. @returns its seat, when it was not here before: the store is to be told */
  entered: (who: Identity) => string | null;
  left: (who: Identity) => void;
  /** The counts may have changed: a look at the next beat. */
  stir: (sid: string) => void;
  /** While a session is being ended on purpose its end is told with the receipt, not found out by a beat. */
  ending: (sid: string) => () => void;
  stop: () => void;
}

/** @param onNewRun told when the store turns out to be another run of its server, or another server */
export function createPulse(
  deps: RealtimeDeps,
  broadcast: Broadcast,
  keyholders: Keyholders,
  onNewRun: () => void,
): Pulse {
  const { store, clock, log, node, live } = deps;
  const presence = createPresence(clock);
  /** Sockets per room on this node. */
  const rooms = new Map<string, number>();
  const stirred = new Set<string>();
  const endings = new Set<string>();
  let epoch = store.epoch();

  async function tick(sid: string, slot: number, slow: boolean): Promise<void> {
    const seats = presence.seats(sid);
    if (slow) await keyholders.recheck(sid);
    if (seats.length > 0 && slow) await store.keepPresent(sid, node, seats);
    const found = await store.tick(sid, slot);
    if (!found) {
      presence.forget(sid);
      if (!endings.has(sid)) broadcast.ended(sid, expired(clock.now()));
      return;
    }
    const { news, ...tick } = found;
    // A ballot that changed no count, a mind that was changed, must not show as a tick (T5).
    if (slow) broadcast.slowTick(sid, tick);
    else if (news) broadcast.tick(sid, tick);
  }

  function beat(): void {
    const slot = Math.floor(clock.now() / TICK_MS) * TICK_MS;
    // A store that may have gone back in time: every face has to hear of it, changed counts or not.
    const isNew = store.epoch() !== epoch;
    const slow = (slot / TICK_MS) % SLOW_BEATS === 0 || isNew;
    epoch = store.epoch();
    if (isNew) onNewRun();
    const due = slow ? [...rooms.keys()] : [...stirred];
    stirred.clear();
    for (const sid of due)
      tick(sid, slot, slow).catch((error: unknown) => {
        // Said again at the next beat; the store's own state is on /healthz.
        stirred.add(sid);
        log.fault('tick', error, sid);
      });
    schedule();
  }

  // On a grid that all nodes and rooms share, not 5 s after a change: a count that rises within the
  // second in which somebody taps would say who it was.
  let stop: () => void;
  function schedule(): void {
    stop = clock.after(TICK_MS - (clock.now() % TICK_MS) + 1, beat);
  }
  schedule();

  return {
    entered: (who) => {
      rooms.set(who.sid, (rooms.get(who.sid) ?? 0) + 1);
      return who.role === 'participant' && presence.arrive(who.sid, who.seat) ? who.seat : null;
    },
    left: (who) => {
      const sockets = (rooms.get(who.sid) ?? 1) - 1;
      if (sockets > 0) rooms.set(who.sid, sockets);
      else {
        rooms.delete(who.sid);
        live.forget(who.sid);
      }
      if (who.role !== 'participant') return;
      presence.leave(who.sid, who.seat, () => {
        store.leave(who.sid, node, who.seat).then(
          () => stirred.add(who.sid),
          (error: unknown) => log.fault('leave', error, who.sid),
        );
      });
    },
    stir: (sid) => {
      stirred.add(sid);
    },
    ending: (sid) => {
      endings.add(sid);
      return () => endings.delete(sid);
    },
    stop: () => stop(),
  };
}

/** The session reached the end of its life by itself: nothing was left to count. */
function expired(now: number): Receipt {
  return { endedAt: new Date(now).toISOString(), seats: 0 };
}

/**
 * The room's pulse: counts at most every 5 s and only when something may have changed (DISC-6), and a
 * slow beat by which a client notices that it missed a view.
 */
import type { Receipt } from '#protocol/messages.ts';
import { createPresence } from './presence.ts';
import type { Broadcast } from './broadcast.ts';
import type { Identity } from './handshake.ts';
import type { RealtimeDeps } from './server.ts';

/** DISC-6: never more often. */
const TICK_MS = 5_000;
/** Every room, changed or not; also keeps this node's presence alive in the store. */
const SLOW_BEATS = 4;

export interface Pulse {
  arrived: (who: Identity) => Promise<void>;
  left: (who: Identity) => void;
  /** A ballot was counted: the next tick has something to say. */
  stir: (sid: string) => void;
  forget: (sid: string) => void;
  stop: () => void;
}

export function createPulse(deps: RealtimeDeps, broadcast: Broadcast): Pulse {
  const { store, clock, log, node } = deps;
  const presence = createPresence();
  /** Sockets per room on this node. */
  const rooms = new Map<string, number>();
  const stirred = new Set<string>();
  let beat = 0;

  async function tick(sid: string): Promise<void> {
    const seats = presence.seats(sid);
    if (seats.length > 0 && beat % SLOW_BEATS === 0) await store.keepPresent(sid, node, seats);
    const tick = await store.tick(sid, clock.now());
    if (tick) broadcast.tick(sid, tick);
    else broadcast.ended(sid, expired(clock.now()));
  }

  const timer = setInterval(() => {
    beat += 1;
    const due = beat % SLOW_BEATS === 0 ? [...rooms.keys()] : [...stirred];
    stirred.clear();
    for (const sid of due)
      tick(sid).catch((error: unknown) => {
        // Said again at the next beat; the store's own state is on /healthz.
        stirred.add(sid);
        log.fault('tick', error, sid);
      });
  }, TICK_MS);
  timer.unref();

  return {
    arrived: async (who) => {
      rooms.set(who.sid, (rooms.get(who.sid) ?? 0) + 1);
      if (who.role !== 'participant' || !presence.arrive(who.sid, who.seat)) return;
      stirred.add(who.sid);
      await store.arrive(who.sid, node, who.seat);
    },
    left: (who) => {
      const sockets = (rooms.get(who.sid) ?? 1) - 1;
      if (sockets > 0) rooms.set(who.sid, sockets);
      else rooms.delete(who.sid);
      if (who.role !== 'participant') return;
      presence.leave(who.sid, who.seat, () => {
        stirred.add(who.sid);
        store.leave(who.sid, node, who.seat).catch((error: unknown) => {
          log.fault('leave', error, who.sid);
        });
      });
    },
    stir: (sid) => {
      stirred.add(sid);
    },
    forget: (sid) => {
      presence.forget(sid);
      rooms.delete(sid);
      stirred.delete(sid);
    },
    stop: () => clearInterval(timer),
  };
}

/** The session reached the end of its life by itself: nothing was left to count. */
function expired(now: number): Receipt {
  return { endedAt: new Date(now).toISOString(), seats: 0 };
}

/** Bounds how many sockets one credential may hold on this node, and how often it may come (R7). */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Identity } from './handshake.ts';

/**
 * A phone's tabs, a host's laptop and remotes, the walls of several rooms. More than people need, because
 * sockets that a change of network left behind count until they are found dead.
 */
const MOST: Record<Identity['role'], number> = { participant: 8, host: 16, screen: 32 };

/** So often a minute every one of them may come: a line that breaks every 20 s. */
const EACH = 3;

export interface Crowd {
  /**
   * Counts an arrival. A handshake costs the server more than anything else a phone may do, and one that
   * is played again and again is as good as the first.
   */
  comesTooOften: (who: Identity) => Promise<boolean>;
  /**
   * Counts a socket in; the oldest of its credential goes when it is one too many, never the new one:
   * a phone that comes back must not wait for its own ghosts.
   * @returns counts it out; may be called twice
   */
  enter: (who: Identity, cutOff: () => void) => () => void;
}

export function createCrowd(): Crowd {
  /** Oldest first. */
  const sockets = new Map<string, Set<() => void>>();
  const arrivals = new RateLimiterMemory({ points: 1, duration: 60 });
  const nameOf = (who: Identity) =>
    `${who.sid}/${who.role === 'participant' ? who.seat : who.role}`;
  return {
    comesTooOften: async (who) => {
      const { consumedPoints } = await arrivals.penalty(nameOf(who));
      return consumedPoints > EACH * MOST[who.role];
    },
    enter: (who, cutOff) => {
      const key = nameOf(who);
      const here = sockets.get(key) ?? new Set();
      sockets.set(key, here.add(cutOff));
      const leave = () => {
        here.delete(cutOff);
        if (here.size === 0 && sockets.get(key) === here) sockets.delete(key);
      };
      const [oldest] = here;
      if (here.size > MOST[who.role] && oldest) {
        here.delete(oldest);
        oldest();
      }
      return leave;
    },
  };
}

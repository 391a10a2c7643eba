/**
 * Slows down whoever guesses room codes (S1). Only wrong codes cost; the QR link's long id is beyond
 * guessing and never waits. Addresses live in this node's memory only, for minutes (DISC-11).
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** A whole team behind one address may mistype for a while before it has to wait. */
const WRONG_PER_CLIENT = { points: 60, duration: 60 };
const WRONG_IN_ALL = { points: 600, duration: 60 };
/** Added to every answer while the whole server is being searched. */
const SLOW_DOWN_MS = 1500;

export interface Guessing {
  /** Whether this client must pause before another code is looked at. */
  blocked: (client: string) => Promise<boolean>;
  wrong: (client: string) => Promise<void>;
}

export function createGuessing(): Guessing {
  const perClient = new RateLimiterMemory({ ...WRONG_PER_CLIENT, keyPrefix: 'client' });
  const inAll = new RateLimiterMemory({ ...WRONG_IN_ALL, keyPrefix: 'all' });
  const spent = async (limiter: RateLimiterMemory, key: string, points: number) =>
    ((await limiter.get(key))?.consumedPoints ?? 0) >= points;
  return {
    blocked: async (client) => {
      if (await spent(inAll, 'all', WRONG_IN_ALL.points))
        await new Promise((resolve) => setTimeout(resolve, SLOW_DOWN_MS));
      return spent(perClient, client, WRONG_PER_CLIENT.points);
    },
    wrong: async (client) => {
      const ignore = () => undefined;
      await perClient.consume(client).catch(ignore);
      await inAll.consume('all').catch(ignore);
    },
  };
}

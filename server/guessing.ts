/**
 * Slows down whoever guesses, and locks nobody out: behind one NAT or proxy a guesser and a whole team
 * look the same, so a right answer is taken at any time, only later (S1, S11). Only wrong guesses cost.
 * Clients live in this node's memory only, for minutes (DISC-11).
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Ack } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';

interface Budget {
  /** Wrong guesses a minute of one client, and of all together, before it goes slowly. */
  perClient: number;
  inAll: number;
  /** Guesses of one client that may wait at a time; the speed of a patient guesser is this per pause. */
  waiting: number;
}

/** Room codes: a whole team behind one address may mistype for a while before it has to wait. */
export const CODES: Budget = { perClient: 60, inAll: 600, waiting: 20 };
/** Passphrases: typed by few, chosen by people. */
export const PASSPHRASES: Budget = { perClient: 10, inAll: 100, waiting: 4 };

/** How long each guess waits once the budget is spent. */
const PAUSE_MS = 1_500;

export interface Guessing {
  /**
   * Resolves when this client's guess may be looked at: at once, or after 1.5 s.
   * @returns false when too many guesses of this client are waiting already
   */
  admit: (client: string) => Promise<boolean>;
  wrong: (client: string) => Promise<void>;
}

export function createGuessing({ perClient, inAll, waiting }: Budget): Guessing {
  const clients = new RateLimiterMemory({ points: perClient, duration: 60, keyPrefix: 'client' });
  const everyone = new RateLimiterMemory({ points: inAll, duration: 60, keyPrefix: 'all' });
  /** Nobody has spent anything for a whole budget's time: not worth asking. */
  let quietFrom = 0;
  const queues = new Map<string, number>();
  const spent = async (limiter: RateLimiterMemory, key: string) =>
    ((await limiter.get(key))?.consumedPoints ?? 0) >= limiter.points;

  async function pause(client: string): Promise<boolean> {
    const queue = queues.get(client) ?? 0;
    if (queue >= waiting) return false;
    queues.set(client, queue + 1);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const left = (queues.get(client) ?? 1) - 1;
    if (left > 0) queues.set(client, left);
    else queues.delete(client);
    return true;
  }

  return {
    admit: async (client) =>
      performance.now() < quietFrom &&
      ((await spent(clients, client)) || (await spent(everyone, 'all')))
        ? pause(client)
        : true,
    wrong: async (client) => {
      quietFrom = performance.now() + 60_000;
      const ignore = () => undefined;
      await clients.consume(client).catch(ignore);
      await everyone.consume('all').catch(ignore);
    },
  };
}

/** @param miss the reason that tells a wrong guess. @returns `slow-down` when too many wait already */
export async function guarded<T extends object>(
  guessing: Guessing,
  client: string,
  miss: Reason,
  look: () => Promise<Ack<T>>,
): Promise<Ack<T>> {
  if (!(await guessing.admit(client))) return { ok: false, reason: 'slow-down' };
  const reply = await look();
  if (!reply.ok && reply.reason === miss) await guessing.wrong(client);
  return reply;
}

/**
 * Slows down whoever guesses, and locks nobody out: behind one NAT or proxy a guesser and a whole team
 * look the same, so a right answer is taken at any time, only later (S1, S11). Only wrong guesses cost.
 * Clients live in this node's memory only, for minutes (DISC-11).
 */
import type { Ack } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import { createPurse } from './purse.ts';

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
  /**
   * The same around a look, of which hardly more are under way than may still be wrong: a burst would
   * else be looked at before the first of it is counted. Right ones follow each other as they are found.
   * @returns null when too many wait
   */
  look: <T>(
    client: string,
    look: () => Promise<T>,
    isWrong: (reply: T) => boolean,
  ) => Promise<T | null>;
}

export function createGuessing({ perClient, inAll, waiting }: Budget): Guessing {
  const own = createPurse(perClient, waiting);
  const everyone = createPurse(inAll, waiting);
  const queues = new Map<string, number>();
  const isSpent = (client: string) => own.isEmpty(client) || everyone.isEmpty('all');

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

  async function admit(client: string): Promise<boolean> {
    return !isSpent(client) || (await pause(client));
  }

  /** Not past those under way: a right one makes room again, and a wrong one makes the others wait. */
  async function begin(client: string): Promise<boolean> {
    while (!isSpent(client) && !(own.hasOne(client) && everyone.hasOne('all')))
      await (own.hasOne(client) ? everyone.change('all') : own.change(client));
    if (isSpent(client) && !(await pause(client))) return false;
    // In the turn of the last look at what is left: nobody comes in between.
    own.setAside(client);
    everyone.setAside('all');
    return true;
  }

  return {
    admit,
    wrong: (client) => {
      own.spend(client);
      everyone.spend('all');
      return Promise.resolve();
    },
    look: async (client, look, isWrong) => {
      if (!(await begin(client))) return null;
      let wrong = false;
      try {
        const reply = await look();
        wrong = isWrong(reply);
        return reply;
      } finally {
        own.settle(client, wrong);
        everyone.settle('all', wrong);
      }
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
  const isMiss = (reply: Ack<T>) => !reply.ok && reply.reason === miss;
  return (await guessing.look(client, look, isMiss)) ?? { ok: false, reason: 'slow-down' };
}

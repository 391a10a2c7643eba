/** Keeps one client from taking every place on an open server (S11): a room nobody joins lives for 30 days. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { CreateReply, Ack } from '#protocol/messages.ts';

const A_DAY_S = 86_400;
/** One client's part of all places, in a day; an office behind one address starts fewer. */
const SHARE = 1 / 5;
const AT_LEAST = 10;

/** Makes a session if this client has not made its share today; a creation that fails costs nothing. */
export type Creations = (
  client: string,
  create: () => Promise<Ack<CreateReply>>,
) => Promise<Ack<CreateReply>>;

/** @param maxSessions places on this server */
export function createCreations(maxSessions: number): Creations {
  const points = Math.max(AT_LEAST, Math.ceil(maxSessions * SHARE));
  const limiter = new RateLimiterMemory({ points, duration: A_DAY_S });
  return async (client, create) => {
    // Taken first and given back: requests sent at once must not all find it free.
    const taken = await limiter.consume(client).catch(() => null);
    if (!taken) return { ok: false, reason: 'too-many-sessions' };
    let made = false;
    try {
      const reply = await create();
      made = reply.ok;
      return reply;
    } finally {
      if (!made) await limiter.reward(client);
    }
  };
}

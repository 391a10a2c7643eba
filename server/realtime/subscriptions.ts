/**
 * What this node hears of. The adapter asks and never looks back: here a request that died with the
 * connection is made again, for a room this node never hears of would stand still, and a rejection
 * that nobody awaits would end the process (S7).
 */
import type { Log } from '../log.ts';

/** Called with the message and its channel. */
export type Listener = (message: Buffer, channel: Buffer) => unknown;

/** The part of a Redis client that subscribes. */
export interface Line {
  readonly isOpen: boolean;
  sSubscribe: (channel: string, listener: Listener, asBuffers: true) => Promise<unknown>;
  sUnsubscribe: (channel: string) => Promise<unknown>;
}

const AGAIN_MS = 500;

/**
 * @param heard told of every message
 * @returns what the adapter takes for a client; its promises resolve at once and never reject
 */
export function createSubscriptions(
  line: Line,
  log: Log,
  heard: () => void = () => undefined,
): Omit<Line, 'isOpen'> {
  /** Channels whose newest wish is not yet fulfilled: the listener, or null to hear no more of it. */
  const wishes = new Map<string, { listener: Listener | null }>();

  function ask(channel: string, listener: Listener | null): Promise<void> {
    const wish = { listener };
    wishes.set(channel, wish);
    void settle(channel, wish);
    return Promise.resolve();
  }

  async function settle(channel: string, wish: { listener: Listener | null }): Promise<void> {
    // A newer wish takes over.
    if (wishes.get(channel) !== wish) return;
    try {
      if (wish.listener) await line.sSubscribe(channel, wish.listener, true);
      else await line.sUnsubscribe(channel);
      if (wishes.get(channel) === wish) wishes.delete(channel);
    } catch (error) {
      if (!line.isOpen) return;
      log.fault('fanout-subscription', error);
      setTimeout(() => void settle(channel, wish), AGAIN_MS).unref();
    }
  }

  return {
    sSubscribe: (channel, listener) =>
      ask(channel, (message, from) => {
        heard();
        return listener(message, from);
      }),
    sUnsubscribe: (channel) => ask(channel, null),
  };
}

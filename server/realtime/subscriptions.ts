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
  /** Connected, and everything heard before is heard again. */
  readonly isReady: boolean;
  sSubscribe: (channel: string, listener: Listener, asBuffers: true) => Promise<unknown>;
  sUnsubscribe: (channel: string) => Promise<unknown>;
}

const AGAIN_MS = 500;

/** What the adapter takes for a client. */
export interface Subscriptions extends Omit<Line, 'isOpen' | 'isReady'> {
  /** Whether this node is among those that Redis knows to hear of a channel. */
  hears: (channel: string) => boolean;
}

/**
 * @param heard told of every message
 * @returns promises that resolve at once and never reject
 */
export function createSubscriptions(
  line: Line,
  log: Log,
  heard: () => void = () => undefined,
): Subscriptions {
  const subscribed = new Set<string>();
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
      if (wishes.get(channel) !== wish) return;
      wishes.delete(channel);
      if (wish.listener) subscribed.add(channel);
      else subscribed.delete(channel);
    } catch (error) {
      if (!line.isOpen) return;
      log.fault('fanout-subscription', error);
      setTimeout(() => void settle(channel, wish), AGAIN_MS).unref();
    }
  }

  return {
    hears: (channel) => line.isReady && subscribed.has(channel) && !wishes.has(channel),
    sSubscribe: (channel, listener) =>
      ask(channel, (message, from) => {
        heard();
        return listener(message, from);
      }),
    sUnsubscribe: (channel) => ask(channel, null),
  };
}

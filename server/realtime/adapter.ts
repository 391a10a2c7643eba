/**
 * Fan-out between nodes on Redis sharded pub/sub: one channel per room, so that a node hears nothing
 * of rooms whose sockets are elsewhere. Not used with the embedded store: one process has it all.
 */
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { PROTOCOL } from '#protocol/wire.ts';
import type { Log } from '../log.ts';
import { describeFailure } from '../store/requirements.ts';
import { StoreError } from '../store/store.ts';
import { within } from '../store/within.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

export interface Fanout {
  adapter: ReturnType<typeof createShardedAdapter>;
  hears: Subscriptions['hears'];
  /** Connects anew: the store is another server now, and what is told to the former one nobody hears. */
  renew: () => void;
  close: () => Promise<void>;
}

/** Nodes of another protocol hear nothing of ours: one that reads it in another way would show it to the wrong people. */
const CHANNELS = `cr:${PROTOCOL}`;
/** Publications that wait for a Redis that is away; a view that is lost then is noticed by the next tick. */
const MOST_WAITING = 10_000;
const CONNECT_MS = 10_000;
const CLOSE_MS = 500;

/**
 * @param url of the Redis that all nodes share; commands queue while it is away (a lost view is harmless)
 * @param connectMs how long it may take to answer at the start
 * @param heard told of every message from Redis
 * @throws StoreError when it does not
 */
export async function createFanout(
  url: string,
  log: Log,
  connectMs = CONNECT_MS,
  heard: () => void = () => undefined,
): Promise<Fanout> {
  const publisher = createClient({
    url,
    // A timer and an error for every command otherwise (store/client.ts); what waits is bounded by number.
    commandOptions: { timeout: 0 },
    commandsQueueMaxLength: MOST_WAITING,
    pingInterval: 5_000,
    socket: { reconnectStrategy: (tries) => Math.min(2_000, 50 * tries) + Math.random() * 200 },
  });
  const subscriber = publisher.duplicate();
  publisher.on('error', (error: unknown) => log.fault('fanout-publisher', error));
  subscriber.on('error', (error: unknown) => log.fault('fanout-subscriber', error));
  const clients = [publisher, subscriber];
  try {
    await within(Promise.all(clients.map((client) => client.connect())), connectMs);
  } catch (error) {
    for (const client of clients) if (client.isOpen) client.destroy();
    throw new StoreError(describeFailure({ url }, error));
  }
  const publishing = {
    sPublish: (channel: string, message: string | Buffer) =>
      publisher.sPublish(channel, message).catch((error: unknown) => {
        log.fault('fanout-publish', error);
        return 0;
      }),
    sSubscribe: nodeRedis,
    sendCommand: (command: string[]) => publisher.sendCommand(command),
  };
  const hearing = createSubscriptions(subscriber, log, heard);
  return {
    adapter: createShardedAdapter(publishing, hearing, { channelPrefix: CHANNELS }),
    hears: hearing.hears,
    renew: () => {
      for (const client of clients) {
        if (!client.isOpen) continue;
        client.destroy();
        // It only ends by destroy(): the strategy never gives up.
        client.connect().catch(() => undefined);
      }
    },
    close: async () => {
      const closing = Promise.all(clients.map((client) => client.close()));
      await within(closing, CLOSE_MS).catch(() => {
        for (const client of clients) if (client.isOpen) client.destroy();
      });
    },
  };
}

/** By this method the adapter knows which library it talks to; on the publishing side it is never called. */
function nodeRedis(): never {
  throw new Error('the publisher cannot subscribe');
}

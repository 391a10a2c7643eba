/**
 * Fan-out between nodes on Redis sharded pub/sub: one channel per room, so that a node hears nothing
 * of rooms whose sockets are elsewhere. Not used with the embedded store: one process has it all.
 */
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import type { Log } from '../log.ts';

export interface Fanout {
  adapter: ReturnType<typeof createShardedAdapter>;
  close: () => Promise<void>;
}

/** @param url of the Redis that all nodes share; commands queue while it is away (a lost view is harmless) */
export async function createFanout(url: string, log: Log): Promise<Fanout> {
  const publisher = createClient({
    url,
    pingInterval: 5_000,
    socket: { reconnectStrategy: (tries) => Math.min(2_000, 50 * tries) + Math.random() * 200 },
  });
  const subscriber = publisher.duplicate();
  publisher.on('error', (error: unknown) => log.fault('fanout-publisher', error));
  subscriber.on('error', (error: unknown) => log.fault('fanout-subscriber', error));
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return {
    adapter: createShardedAdapter(publisher, subscriber, { channelPrefix: 'cr' }),
    close: async () => {
      await Promise.allSettled([publisher.close(), subscriber.close()]);
    },
  };
}

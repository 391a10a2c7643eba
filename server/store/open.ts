/** Opens the store that the settings ask for, and the key that seals its ballots. */
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { connectRedis } from './client.ts';
import { startEmbedded } from './embedded.ts';
import { cannotWrite, embeddedSecret, takeFolder } from './folder.ts';
import { createStore } from './redis.ts';
import { persistenceOf } from './persistence.ts';
import { redisDisk } from './redis-disk.ts';
import { StoreError, type Store } from './store.ts';

/** @throws StoreError with a sentence for whoever starts the server */
export async function openStore(
  config: Pick<Config, 'redisUrl' | 'dataDir' | 'secret'>,
  log: Pick<Log, 'fault' | 'event'>,
): Promise<{ store: Store; secret: string }> {
  const { redisUrl, dataDir, secret } = config;
  if (redisUrl !== null) {
    // The settings see to it; whoever opens the store without them must not seal under an empty key.
    if (!secret)
      throw new StoreError('Redis is not opened without a secret that seals the ballots.');
    const client = await connectRedis({ url: redisUrl }, (error) => log.fault('store', error));
    // Of an outage one connection tells enough.
    const waiting = await connectRedis({ url: redisUrl }, () => undefined);
    const { weakness } = await persistenceOf(client);
    if (weakness) log.event('redis-may-lose', { code: weakness });
    const disk = redisDisk(client, waiting, (error) => log.fault('rewrite', error));
    return { store: createStore(client, disk), secret };
  }
  const release = await takeFolder(dataDir);
  try {
    const sealing = secret ?? embeddedSecret(dataDir);
    const { client, disk } = await startEmbedded(dataDir, log);
    const store = createStore(client, disk);
    const close = () => store.close().finally(release);
    return { secret: sealing, store: { ...store, close } };
  } catch (error) {
    release();
    throw cannotWrite(dataDir, error);
  }
}

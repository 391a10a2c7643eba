/** Opens the store that the settings ask for, and the key that seals its ballots. */
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { connectRedis } from './client.ts';
import { startEmbedded } from './embedded.ts';
import { embeddedSecret, takeFolder } from './folder.ts';
import { createStore } from './redis.ts';
import { redisDisk } from './rewrite.ts';
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
    const disk = redisDisk(client, (error) => log.fault('rewrite', error));
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
    throw error;
  }
}

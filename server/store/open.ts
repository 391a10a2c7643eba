/** Opens the store that the settings ask for, and the key that seals its ballots. */
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { connectRedis } from './client.ts';
import { startEmbedded } from './embedded.ts';
import { embeddedSecret, takeFolder } from './folder.ts';
import { createStore } from './redis.ts';
import { redisDisk } from './rewrite.ts';
import type { Store } from './store.ts';

/** @throws StoreError with a sentence for whoever starts the server */
export async function openStore(
  config: Pick<Config, 'redisUrl' | 'dataDir' | 'secret'>,
  log: Log,
): Promise<{ store: Store; secret: string }> {
  if (config.redisUrl !== null) {
    const client = await connectRedis(config.redisUrl, log);
    return { store: createStore(client, redisDisk(client, log)), secret: config.secret ?? '' };
  }
  const release = takeFolder(config.dataDir);
  try {
    const secret = config.secret ?? embeddedSecret(config.dataDir);
    const { client, disk } = await startEmbedded(config.dataDir, log);
    const store = createStore(client, disk);
    return {
      secret,
      store: {
        ...store,
        close: async () => {
          await store.close();
          release();
        },
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

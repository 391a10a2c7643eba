/**
 * The embedded store: an engine that forgets, and a folder that does not. When the engine dies, another
 * one is filled from the folder, under a new epoch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { connectRedis, type StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { createEmbeddedDisk, restoreSessions } from './embedded-disk.ts';
import { startEngine, type Engine } from './engine.ts';

const RETRY_MS = 1_000;

/**
 * @param dir data folder, already taken by this process
 * @throws StoreError when the engine or a session on disk cannot be opened
 */
export async function startEmbedded(
  dir: string,
  log: Pick<Log, 'fault' | 'event'>,
): Promise<{ client: StoreClient; disk: Disk }> {
  let closed = false;
  let engine = await startFilled(dir);
  const client = await connectRedis(engine, (error) => log.fault('store', error));
  watch(engine);

  function watch(running: Engine): void {
    void running.died.then(async () => {
      log.event('engine-died');
      while (!closed) {
        try {
          const next = await startFilled(dir);
          if (closed) return await next.stop();
          engine = next;
          client.moveTo(next);
          return watch(next);
        } catch (error) {
          log.fault('engine', error);
          await sleep(RETRY_MS);
        }
      }
    });
  }

  return {
    client: {
      ...client,
      close: async () => {
        closed = true;
        await client.close();
        await engine.stop();
      },
    },
    disk: createEmbeddedDisk(dir, client, (error) => log.fault('disk', error)),
  };
}

/** Nobody talks to the engine before it holds everything that is on disk. */
async function startFilled(dir: string): Promise<Engine> {
  const engine = await startEngine(dir);
  try {
    const client = await connectRedis(engine, () => undefined);
    try {
      await restoreSessions(dir, client);
    } finally {
      await client.close();
    }
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

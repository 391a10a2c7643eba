/**
 * The embedded store: an engine that forgets, and a folder that does not. When the engine dies, another
 * one is filled from the folder, under a new epoch.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { connectRedis, type StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { createEmbeddedDisk, restoreSessions, type Kept } from './embedded-disk.ts';
import { startEngine, type Engine } from './engine.ts';

const RETRY_MS = 1_000;

/**
 * @param dir data folder, already taken by this process
 * @param sweepMs how often sessions on disk that are over are looked for; default: once a minute
 * @throws StoreError when the engine or a session on disk cannot be opened
 */
export async function startEmbedded(
  dir: string,
  log: Pick<Log, 'fault' | 'event'>,
  sweepMs?: number,
): Promise<{ client: StoreClient; disk: Disk }> {
  let closed = false;
  const first = await startFilled(dir);
  let { engine } = first;
  const client = await connectRedis(engine, (error) => log.fault('store', error));
  watch(engine);

  function watch(running: Engine): void {
    void running.died.then(async () => {
      log.event('engine-died');
      while (!closed) {
        try {
          const next = await startFilled(dir);
          if (closed) return await next.engine.stop();
          engine = next.engine;
          client.moveTo(engine);
          return watch(engine);
        } catch (error) {
          log.fault('engine', error);
          await sleep(RETRY_MS);
        }
      }
    });
  }

  const disk = createEmbeddedDisk(
    dir,
    client,
    first.kept,
    (error) => log.fault('disk', error),
    sweepMs,
  );

  return {
    client: {
      ...client,
      close: async () => {
        closed = true;
        await client.close();
        await engine.stop();
      },
    },
    disk,
  };
}

/** Nobody talks to the engine before it holds everything that is on disk. */
async function startFilled(dir: string): Promise<{ engine: Engine; kept: Kept }> {
  const engine = await startEngine(dir);
  try {
    const client = await connectRedis(engine, () => undefined);
    try {
      return { engine, kept: await restoreSessions(dir, client) };
    } finally {
      await client.close();
    }
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/**
 * The embedded engine: a real Valkey in WebAssembly, in a worker thread, on a loopback port behind a
 * random password. It keeps nothing on disk by itself; this module does.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createClient, RESP_TYPES } from 'redis';
import type { Log } from '../log.ts';
import { connectRedis, loadScript, type StoreClient } from './client.ts';
import type { Disk } from './redis.ts';
import { readSnapshot, writeSnapshot, type Entry } from './snapshot.ts';

/** The snapshot is at most this and one write behind. */
const LOOK_MS = 500;

export interface Embedded {
  client: StoreClient;
  disk: Disk;
}

/** @param dir data folder, already locked for this process */
export async function startEmbedded(dir: string, log: Log): Promise<Embedded> {
  const entries = await readSnapshot(dir);
  const worker = new Worker(new URL('engine-worker.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
  const password = randomBytes(24).toString('base64url');
  await protect(port, password);
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const client = await connectRedis(url, log);
  const dump = await connectDump(url);
  await dump.restore(entries);

  let saved = await changes(client);
  let writing: Promise<void> = Promise.resolve();
  let broken = false;

  /** Writes run one after the other; each takes in all that was changed before it began. */
  function save(): Promise<void> {
    const next = writing.then(async () => {
      const now = await changes(client);
      if (now === saved) return;
      await writeSnapshot(dir, await dump.all());
      saved = now;
      broken = false;
    });
    writing = next.catch((error: unknown) => {
      if (!broken) log.fault('snapshot', error);
      broken = true;
    });
    return next;
  }

  const timer = setInterval(() => void save().catch(() => undefined), LOOK_MS);
  timer.unref();
  return {
    client: {
      ...client,
      close: async () => {
        await client.close();
        await worker.terminate();
      },
    },
    disk: {
      durable: save,
      rewrite: () => void save().catch(() => undefined),
      close: async () => {
        clearInterval(timer);
        await save().catch(() => undefined);
        await dump.close();
      },
    },
  };
}

/** Shuts out everybody else on this machine before anything is stored. */
async function protect(port: number, password: string): Promise<void> {
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  client.on('error', () => undefined);
  await client.connect();
  await client.configSet('requirepass', password);
  client.destroy();
}

/** How many changes the engine has seen. */
async function changes(client: StoreClient): Promise<number> {
  const info = await client.command('INFO', 'persistence');
  return Number(/rdb_changes_since_last_save:(\d+)/.exec(String(info))?.[1] ?? 0);
}

/** A connection that takes serialised values as bytes. */
async function connectDump(url: string) {
  const client = createClient({
    url,
    RESP: 2,
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
  client.on('error', () => undefined);
  await client.connect();
  const script = loadScript('snapshot').text;
  return {
    all: async (): Promise<Entry[]> => {
      const reply = await client.sendCommand<[Buffer, number, Buffer][]>(['EVAL', script, '0']);
      return reply.map(([key, expires, value]) => [
        key.toString(),
        expires,
        value.toString('base64'),
      ]);
    },
    restore: async (entries: Entry[]): Promise<void> => {
      const now = Date.now();
      for (const [key, expires, value] of entries) {
        if (expires !== -1 && expires <= now) continue;
        const ttl = String(Math.max(expires, 0));
        await client.sendCommand(['RESTORE', key, ttl, Buffer.from(value, 'base64'), 'ABSTTL']);
      }
    },
    close: async () => {
      await client.close().catch(() => client.destroy());
    },
  };
}

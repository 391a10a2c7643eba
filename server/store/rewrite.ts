/**
 * A real Redis keeps its own files. What was deleted on purpose must leave them too: after a close and
 * after an end the append-only file and the snapshot are rewritten (DISC-11). And what people are going
 * to see must be in them first (DISC-5).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { StoreUnavailable } from './store.ts';

const RETRY_MS = 1_000;
/** Longer than a snapshot of a large server takes. */
const TRIES = 300;
/** Commands fail within 2 s. */
const WRITTEN_MS = 1_500;
const WRITTEN_RETRY_MS = 20;

/** @param onFault told when a rewrite could not be started for minutes */
export function redisDisk(client: StoreClient, onFault: (error: unknown) => void): Disk {
  let wanted = false;
  let running = false;
  let closed = false;

  /** One at a time: a rewrite that began before the deletion does not know of it. */
  async function work(): Promise<void> {
    running = true;
    for (let attempt = 1; wanted && !closed; attempt++) {
      wanted = false;
      try {
        await rewrite(client);
        attempt = 0;
      } catch (error) {
        if (attempt === TRIES) onFault(error);
        else wanted = true;
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
    running = false;
  }

  return {
    changing: (_sid, command) => command,
    // What a server acknowledged is as durable as its own settings make it (AOF: a second at most).
    durable: () => Promise.resolve(),
    beforeShown: () => written(client),
    rewrite: () => {
      wanted = true;
      if (!running) void work();
    },
    healthy: () => true,
    close: async () => {
      closed = true;
    },
  };
}

/**
 * Resolves when what the server acknowledged so far has left its memory for the append-only file, if it
 * keeps one. While the disk is slow the server answers first and writes up to 2 s later: killed in
 * between, it would come back without a release that people have seen.
 */
async function written(client: StoreClient): Promise<void> {
  const latest = performance.now() + WRITTEN_MS;
  for (;;) {
    const info = String(await client.command('INFO', 'persistence'));
    const writesBeforeAnswering = /aof_pending_bio_fsync:0\r|aof_buffer_length:0\r/.test(info);
    if (!info.includes('aof_enabled:1') || writesBeforeAnswering) return;
    if (performance.now() > latest) throw new StoreUnavailable('the store’s disk is slow');
    await sleep(WRITTEN_RETRY_MS);
  }
}

async function rewrite(client: StoreClient): Promise<void> {
  const info = String(await client.command('INFO', 'persistence'));
  if (/(aof_rewrite|rdb_bgsave)_in_progress:1|aof_rewrite_scheduled:1/.test(info))
    throw new Error('another rewrite is running');
  const snapshots = await client.command('CONFIG', 'GET', 'save').catch(() => ['save', '']);
  if (info.includes('aof_enabled:1')) await client.command('BGREWRITEAOF');
  // Scheduled: it begins when the append-only file is done.
  if (Array.isArray(snapshots) && snapshots[1]) await client.command('BGSAVE', 'SCHEDULE');
}

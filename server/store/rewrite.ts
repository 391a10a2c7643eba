/**
 * A real Redis keeps its own files. What was deleted on purpose must leave them too: after a close and
 * after an end the append-only file and the snapshot are rewritten (DISC-11).
 */
import type { Log } from '../log.ts';
import type { StoreClient } from './client.ts';
import type { Disk } from './redis.ts';

/** Redis refuses a rewrite while another one runs: asked again until it is taken. */
const RETRY_MS = 1_000;
const TRIES = 60;

export function redisDisk(client: StoreClient, log: Log): Disk {
  let wanted = false;
  let running = false;

  async function work(): Promise<void> {
    running = true;
    for (let attempt = 0; wanted && attempt < TRIES; attempt++) {
      wanted = false;
      try {
        await rewrite(client);
      } catch {
        wanted = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
    if (wanted) log.event('rewrite-failed');
    wanted = running = false;
  }

  return {
    // What a server acknowledged is as durable as its own settings make it (AOF: a second at most).
    durable: () => Promise.resolve(),
    rewrite: () => {
      wanted = true;
      if (!running) void work();
    },
    close: () => Promise.resolve(),
  };
}

async function rewrite(client: StoreClient): Promise<void> {
  const info = String(await client.command('INFO', 'persistence'));
  if (/aof_rewrite_in_progress:1|rdb_bgsave_in_progress:1/.test(info)) throw new Error('busy');
  if (info.includes('aof_enabled:1')) await client.command('BGREWRITEAOF');
  // A snapshot exists only where somebody configured one or saved by hand.
  else if (Number(/rdb_saves:(\d+)/.exec(info)?.[1] ?? 0) > 0) await client.command('BGSAVE');
}

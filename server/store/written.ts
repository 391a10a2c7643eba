/** Whether a Redis that cannot wait for its disk (before 7.2) has at least written what it answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from './client.ts';
import { StoreUnavailable } from './store.ts';

/** Commands fail within 2 s. */
const WRITTEN_MS = 1_500;
const LOOK_MS = 20;
/** No flush is under way, so Redis writes what it has before it sends its next answer, this one included. */
const IDLE = 'aof_pending_bio_fsync:0\r';

/** @param said by a script after its changes: whether they are written once its answer is here */
export function writtenAlready(said: unknown): boolean {
  return said === IDLE;
}

/**
 * Resolves when what the server acknowledged so far has left its memory for the append-only file. While
 * its disk is slow it answers first and writes up to 2 s later: killed in between, it would come back
 * without a release that people have seen (DISC-5).
 * @throws StoreUnavailable when the disk is too slow
 */
export async function written(client: StoreClient): Promise<void> {
  const latest = performance.now() + WRITTEN_MS;
  for (;;) {
    const info = String(await client.command('INFO', 'persistence'));
    if (info.includes(IDLE) || info.includes('aof_buffer_length:0\r')) return;
    if (performance.now() > latest) throw new StoreUnavailable('the store’s disk is slow');
    await sleep(LOOK_MS);
  }
}

/** Whether a Redis has written what it answered: into its file, if not yet onto the disk. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from './client.ts';
import { StoreUnavailable } from './store.ts';

/** Commands fail within 2 s. */
const WRITTEN_MS = 1_500;
const LOOK_MS = 20;
/** No flush is under way: Redis tries to write what it has before it sends this very answer. */
const IDLE = 'aof_pending_bio_fsync:0\r';
const EMPTY = 'aof_buffer_length:0\r';
/** It could not: Redis keeps what it answered in its memory, and refuses only what comes after (MISCONF). */
const FAILED = 'aof_last_write_status:err\r';

/**
 * Resolves when what the server acknowledged so far has left its memory for the append-only file. While
 * its disk is slow it answers first and writes up to 2 s later: killed in between, it would come back
 * without a release that people have seen (DISC-5). A full one tells nobody at first: the answer to the
 * first write that does not fit is an ordinary one.
 * @throws StoreUnavailable when the disk is too slow, or full
 */
export async function written(client: StoreClient): Promise<void> {
  const latest = performance.now() + WRITTEN_MS;
  for (let tried = false; ;) {
    const info = String(await client.command('INFO', 'persistence'));
    if (info.includes(FAILED)) throw new StoreUnavailable('the store’s disk cannot be written');
    if (tried || info.includes(EMPTY)) return;
    if (performance.now() > latest) throw new StoreUnavailable('the store’s disk is slow');
    // The next answer tells whether it could.
    tried = info.includes(IDLE);
    if (!tried) await sleep(LOOK_MS);
  }
}

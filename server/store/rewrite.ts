/**
 * A real Redis keeps its own files. What was deleted on purpose must leave them too: after a close and
 * after an end the append-only file and the snapshot are rewritten (DISC-11).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from './client.ts';
import { persistenceOf } from './persistence.ts';
import { StoreUnavailable } from './store.ts';

const RETRY_MS = 1_000;
/** How often a rewrite that runs is asked whether it is done. */
const LOOK_MS = 200;
/** Every so many failures one is told: longer than a snapshot of a large server takes. */
const TRIES = 300;

export interface Rewriting {
  /** Something was deleted on purpose. */
  ask: () => void;
  stop: () => void;
}

/**
 * Rewrites once at the start: a node that died between a close and its rewrite left sealed ballots.
 * @param onFault told when nothing could be rewritten for minutes
 */
export function startRewriting(client: StoreClient, onFault: (error: unknown) => void): Rewriting {
  let wanted = false;
  let running = false;
  let closed = false;

  /** One at a time: a rewrite that began before the deletion does not know of it. */
  async function work(): Promise<void> {
    running = true;
    for (let failures = 0; wanted && !closed;) {
      wanted = false;
      try {
        await rewrite();
        failures = 0;
      } catch (error) {
        wanted = true;
        failures++;
        if (failures % TRIES === 0) onFault(error);
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
    running = false;
  }

  async function rewrite(): Promise<void> {
    const { appendOnly, snapshots } = await persistenceOf(client);
    if (BUSY.test(await info())) throw new StoreUnavailable('another rewrite is running');
    if (appendOnly) await toItsEnd('BGREWRITEAOF', 'aof_last_bgrewrite_status');
    if (snapshots) await toItsEnd('BGSAVE', 'rdb_last_bgsave_status');
  }

  /** A rewrite that was only begun has removed nothing yet: a full disk or a killed child ends it. */
  async function toItsEnd(command: string, status: string): Promise<void> {
    const epoch = client.epoch();
    await client.command(command);
    let found: string;
    do {
      await sleep(LOOK_MS, undefined, { ref: false });
      found = await info();
    } while (BUSY.test(found) && !closed);
    if (!found.includes(`${status}:ok`) || client.epoch() !== epoch)
      throw new StoreUnavailable(`${command} did not end well`);
  }

  const info = async () => String(await client.command('INFO', 'persistence'));

  function ask(): void {
    wanted = true;
    if (!running) void work();
  }

  ask();
  return {
    ask,
    stop: () => {
      closed = true;
    },
  };
}

const BUSY = /(aof_rewrite|rdb_bgsave)_in_progress:1|aof_rewrite_scheduled:1/;

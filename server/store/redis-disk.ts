/** How a real Redis keeps things: on its own disk, by its own settings; asked when it is there. */
import { ErrorReply } from 'redis';
import type { StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { persistenceOf, type Persistence } from './persistence.ts';
import { startRewriting } from './rewrite.ts';
import { loadScript } from './scripts.ts';
import { sharedPass } from './shared-pass.ts';
import { StoreUnavailable } from './store.ts';
import { written } from './written.ts';

/** Longer than the second between two flushes, shorter than the wait for an answer (client.ts). */
const FLUSHED_MS = 1_500;
const MARK_KEY = 'cr:mark';

/**
 * @param waiting a connection of its own: one that waits for the disk answers nothing else meanwhile
 * @param onFault told when nothing could be rewritten for minutes
 */
export function redisDisk(
  client: StoreClient,
  waiting: StoreClient,
  onFault: (error: unknown) => void,
): Disk {
  const rewriting = startRewriting(client, onFault);
  let known: { epoch: string; persistence: Persistence } | null = null;

  async function persistence(): Promise<Persistence> {
    const epoch = client.epoch();
    if (known?.epoch !== epoch) known = { epoch, persistence: await persistenceOf(client) };
    return known.persistence;
  }

  const durable = sharedPass(async () => {
    const { appendOnly, waits } = await persistence();
    if (!waits && appendOnly) await written(client);
    // A replica may be promoted in the next instant: without the release it would let a round be
    // published a second time.
    const copied = await hasReplica(client);
    if (!waits && !copied) return;
    const epoch = client.epoch();
    const { text } = loadScript('mark');
    // Sent together: after a reconnection there would be nothing to wait for.
    const [, ...replies] = await Promise.all([
      waiting.command('EVAL', text, '1', MARK_KEY),
      ...(waits ? [waiting.command('WAITAOF', '1', '0', String(FLUSHED_MS))] : []),
      ...(copied ? [waiting.command('WAIT', '1', String(FLUSHED_MS))] : []),
    ]).catch((error: unknown) => {
      if (error instanceof ErrorReply) known = null;
      throw error instanceof ErrorReply ? new StoreUnavailable(error.message) : error;
    });
    // It may have stayed with a former master.
    if (waiting.epoch() !== epoch) waiting.renew();
    const kept = replies.every((reply) => Number(Array.isArray(reply) ? reply[0] : reply) > 0);
    if (!kept || waiting.epoch() !== epoch || client.epoch() !== epoch)
      throw new StoreUnavailable('not safe yet');
  });

  // A Redis that still flushes the second before, or whose disk is full, answers first and writes later:
  // killed then, it would forget what it had acknowledged. Asked afterwards, for that is when it knows.
  const flushed = sharedPass(async () => {
    if ((await persistence()).appendOnly) await written(client);
  });

  return {
    changing: (_sid, command) => command,
    // As good as the server's own settings: a second at most, two while its disk is slow.
    kept: () => Promise.resolve(),
    written: flushed,
    durable,
    rewrite: rewriting.ask,
    healthy: () => true,
    close: async () => {
      rewriting.stop();
      await waiting.close();
    },
  };
}

/** One that is still filling up does not count: no failover takes it. */
async function hasReplica(client: StoreClient): Promise<boolean> {
  const info = String(await client.command('INFO', 'replication'));
  return /^slave\d+:.*state=online/m.test(info);
}

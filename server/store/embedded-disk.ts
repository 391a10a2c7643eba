/** Keeps the embedded engine's sessions on disk, at most a second behind: only those that changed. */
import type { StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { keysOf } from './keys.ts';
import { admit, publish } from './lookups.ts';
import { strings } from './replies.ts';
import { damaged, readSessions, removeSession, writeSession } from './session-file.ts';
import { sharedPass } from './shared-pass.ts';
import { StoreUnavailable } from './store.ts';

/** Changes wait this long for company; more would make a kill lose more (R1: a second). */
const GATHER_MS = 250;
const RETRY_MS = 1_000;
const SWEEP_MS = 60_000;

/** Sessions on disk, by the end of their life (ms since 1970). */
export type Kept = Map<string, number>;

/**
 * @param kept what a start has found on disk
 * @param onFault told when a session cannot be written
 * @param sweepMs how often sessions that are over are looked for
 */
export function createEmbeddedDisk(
  dir: string,
  client: StoreClient,
  kept: Kept,
  onFault: (error: unknown) => void,
  sweepMs = SWEEP_MS,
): Disk {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let healthy = true;

  async function keep(sid: string): Promise<void> {
    const { prefix, meta, state, seats, releases, names } = keysOf(sid);
    const dump = await client.scriptBytes('dump', [meta, state, seats, releases, names], [prefix]);
    if (Array.isArray(dump)) {
      const [end, ...rest] = dump;
      const expires = Number(end);
      const values = pairsOf(rest.filter((item) => Buffer.isBuffer(item)));
      kept.set(sid, expires);
      await writeSession(dir, { sid, expires, values });
    } else {
      await removeSession(dir, sid);
      kept.delete(sid);
    }
  }

  async function pass(): Promise<void> {
    const due = [...changed];
    changed.clear();
    let failed = false;
    for (const sid of due)
      await keep(sid).catch((error: unknown) => {
        failed = true;
        changed.add(sid);
        onFault(error);
      });
    healthy = !failed;
    if (!failed) return;
    later(RETRY_MS);
    throw new StoreUnavailable('the disk cannot be written');
  }

  const flush = sharedPass(pass);

  function later(ms: number): void {
    timer ??= setTimeout(() => {
      timer = null;
      flush().catch(() => undefined);
    }, ms);
  }

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const [sid, expires] of kept) if (expires <= now) changed.add(sid);
    if (changed.size > 0) later(0);
  }, sweepMs).unref();

  return {
    changing: async (sid, command) => {
      try {
        return await command;
      } finally {
        changed.add(sid);
        later(GATHER_MS);
      }
    },
    kept: flush,
    written: () => Promise.resolve(),
    durable: flush,
    // The next pass replaces or removes the file.
    rewrite: () => undefined,
    healthy: () => healthy,
    close: async () => {
      clearInterval(sweep);
      await flush().catch(() => undefined);
      if (timer) clearTimeout(timer);
    },
  };
}

/**
 * Fills an empty engine with the sessions on disk. Those whose life is over are removed.
 * @returns those that are left
 * @throws StoreError naming a file that cannot be used
 */
export async function restoreSessions(dir: string, client: StoreClient): Promise<Kept> {
  const now = Date.now();
  const kept: Kept = new Map();
  for await (const { sid, expires, values } of readSessions(dir)) {
    if (expires <= now) {
      await removeSession(dir, sid);
      continue;
    }
    const { prefix, meta } = keysOf(sid);
    const ttl = String(expires);
    for (const [name, value] of values)
      await client
        .command('RESTORE', prefix + name, ttl, Buffer.from(value, 'base64'), 'ABSTTL')
        .catch(() => {
          throw damaged(dir, sid);
        });
    const [code, qr] = strings(await client.command('HMGET', meta, 'code', 'qr'));
    if (!code || !qr) throw damaged(dir, sid);
    await admit(client, { sid, expires }, Number.MAX_SAFE_INTEGER, now);
    await publish(client, { sid, code, qr, expires });
    kept.set(sid, expires);
  }
  return kept;
}

function pairsOf(flat: Buffer[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index]?.toString() ?? '',
    flat[2 * index + 1]?.toString('base64') ?? '',
  ]);
}

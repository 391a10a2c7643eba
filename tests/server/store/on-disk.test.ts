/** What a real Redis keeps on disk, and when: rewritten after a deletion, flushed before a release is shown. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { createSealer } from '#server/seal.ts';
import { openStore } from '#server/store/open.ts';
import { persistenceOf } from '#server/store/persistence.ts';
import { createStore } from '#server/store/redis.ts';
import { StoreUnavailable } from '#server/store/store.ts';
import { filesIn } from '../../setup/disk-text.ts';
import { startRedis, type RedisOptions } from '../../setup/redis.ts';
import { slowDisk } from '../../attacks/slow-disk.ts';
import { ballot, create, onRedis, quietLog, release, round, takeSeat } from './stores.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function server(options: RedisOptions = { appendonly: true }) {
  const redis = await startRedis(options);
  cleanup.push(() => redis.stop());
  return redis;
}

async function storeOn(url: string) {
  const { client, disk } = await onRedis(url);
  const store = createStore(client, disk);
  cleanup.push(() => store.close());
  return { store, client, disk };
}

async function running(options?: RedisOptions) {
  const redis = await server(options);
  return { redis, ...(await storeOn(redis.url)) };
}

/** All that Redis keeps on disk, as text. */
const onDisk = (dir: string): string => [...filesIn(dir).values()].join('\n');

/** The processes that Redis has forked to write its files. */
const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

describe('what Redis keeps on disk', () => {
  test('T11 DISC-11 after a close no sealed ballot is left there, after the end nothing at all', async () => {
    const { redis, store, client } = await running({
      appendonly: true,
      args: ['--save', '3600', '1'],
    });
    const { sid, code, qr } = await create(store);
    const seat = await takeSeat(store, sid);
    // Not while the start's own snapshot is being written.
    await expect.poll(() => client.command('SAVE').catch(() => null)).toBe('OK');
    await round(store, sid, 'opens');
    const sealer = createSealer('a secret for tests only, long enough to be one');
    const sealed = sealer.seal({ cell: 1 }, { sid, question: 'one', seat, version: 1 });
    await store.ballot(sid, seat, { ...ballot(1), sealed });
    await expect.poll(() => onDisk(redis.dir)).toContain(sealed);
    await round(store, sid, 'closes');
    await store.settle(sid, 'one', release());
    await expect.poll(() => onDisk(redis.dir), { timeout: 10_000 }).not.toContain(sealed);
    expect(onDisk(redis.dir)).toContain(sid);
    await store.end(sid);
    for (const trace of [sid, code, qr, seat])
      await expect.poll(() => onDisk(redis.dir), { timeout: 10_000 }).not.toContain(trace);
  });

  test('T11 DISC-11 a node that died between a close and the rewrite: the next start rewrites', async () => {
    const { redis, client, disk } = await running();
    await expect.poll(() => client.command('INFO', 'persistence')).not.toContain('_in_progress:1');
    // As if the process had ended right there.
    const store = createStore(client, { ...disk, rewrite: () => undefined });
    const { sid } = await create(store);
    const seat = await takeSeat(store, sid);
    await round(store, sid, 'opens');
    const sent = ballot(1);
    await store.ballot(sid, seat, sent);
    await round(store, sid, 'closes');
    await store.settle(sid, 'one', release());
    await expect.poll(() => onDisk(redis.dir)).toContain(sent.sealed);
    await storeOn(redis.url);
    await expect.poll(() => onDisk(redis.dir), { timeout: 5_000 }).not.toContain(sent.sealed);
  });

  test.runIf(process.platform === 'linux')(
    'T11 DISC-11 a rewrite that breaks off counts as not done, and is made again',
    async () => {
      const { redis, store, client } = await running();
      const { sid } = await create(store);
      const seat = await takeSeat(store, sid);
      await round(store, sid, 'opens');
      const sent = ballot(1);
      await store.ballot(sid, seat, sent);
      await expect.poll(() => childrenOf(redis.pid)).toEqual([]);
      // Per key, in µs: its child is still writing when it is killed.
      await client.command('CONFIG', 'SET', 'rdb-key-save-delay', '1000000');
      await round(store, sid, 'closes');
      await store.settle(sid, 'one', release());
      await expect.poll(() => childrenOf(redis.pid), { interval: 10 }).toHaveLength(1);
      for (const child of childrenOf(redis.pid)) process.kill(child, 'SIGKILL');
      await client.command('CONFIG', 'SET', 'rdb-key-save-delay', '0');
      const info = () => client.command('INFO', 'persistence');
      await expect.poll(info).toContain('aof_last_bgrewrite_status:err');
      expect(onDisk(redis.dir)).toContain(sent.sealed);
      await expect.poll(() => onDisk(redis.dir), { timeout: 5_000 }).not.toContain(sent.sealed);
      await expect.poll(info).toContain('aof_last_bgrewrite_status:ok');
    },
  );

  test('R1 a ballot that is only in Redis’ memory is not called counted; nobody asks twice when it is written', async () => {
    const redis = await server();
    const disk = await slowDisk(redis.port);
    cleanup.push(disk.close);
    const { store, client } = await storeOn(disk.url);
    const { sid } = await create(store);
    const seat = await takeSeat(store, sid);
    await round(store, sid, 'opens');
    expect(await store.ballot(sid, seat, ballot(1))).toMatchObject({ result: 'counted' });
    const asked = async () =>
      /cmdstat_info:calls=(\d+)/.exec(String(await client.command('INFO', 'commandstats')))?.[1];
    const before = Number(await asked());
    await store.ballot(sid, seat, ballot(2));
    // Its script's own, and the one that asks here.
    expect(Number(await asked()) - before).toBe(2);
    disk.slow = true;
    let counted = false;
    const reply = store.ballot(sid, seat, ballot(3)).finally(() => (counted = true));
    const standing = () => store.standing(sid, seat, 'one');
    await expect.poll(standing).toBe(3);
    expect(counted).toBe(false);
    disk.slow = false;
    expect(await reply).toEqual({ result: 'counted', version: 3 });
  });

  test('DISC-5 durable means flushed, where the server can tell; nobody else waits meanwhile', async () => {
    const { store, client } = await running();
    const { sid } = await create(store);
    const { waits } = await persistenceOf(client);
    await store.durable();
    if (!waits) {
      // Redis before 7.2 cannot be asked, and its start says so (below): written, at least.
      const info = String(await client.command('INFO', 'persistence'));
      expect(info).toMatch(/aof_pending_bio_fsync:0\r|aof_buffer_length:0\r/);
      return;
    }
    await client.command('CONFIG', 'SET', 'appendfsync', 'no');
    const start = performance.now();
    const refused = expect(store.durable()).rejects.toBeInstanceOf(StoreUnavailable);
    await takeSeat(store, sid);
    expect(performance.now() - start).toBeLessThan(700);
    await refused;
    expect(performance.now() - start).toBeGreaterThan(1_400);
    expect(performance.now() - start).toBeLessThan(2_000);
    await client.command('CONFIG', 'SET', 'appendfsync', 'everysec');
    await store.durable();
    expect(await client.command('EXISTS', 'cr:mark')).toBe(0);
  });

  test.each<[string, RedisOptions, RegExp]>([
    ['nothing', {}, /^nothing-on-disk$/],
    ['snapshots', { args: ['--save', '3600', '1'] }, /^snapshots-only$/],
    ['unflushed', { appendonly: true, args: ['--appendfsync', 'no'] }, /^no-fsync$/],
    ['every second', { appendonly: true }, /^(no-waitaof)?$/],
    ['everything', { appendonly: true, args: ['--appendfsync', 'always'] }, /^$/],
  ])('R1 DISC-5 the start says what may be lost: Redis keeps %s', async (_, options, expected) => {
    const redis = await server(options);
    const told: string[] = [];
    const secret = 'a secret for tests only, long enough to be one';
    const config = { redisUrl: redis.url, dataDir: '', secret };
    const { store } = await openStore(config, quietLog(told));
    cleanup.push(() => store.close());
    expect(told.map((line) => line.replace('redis-may-lose ', '')).join()).toMatch(expected);
    await store.durable();
  });
});

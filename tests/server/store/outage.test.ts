/** What the store does when its server is dead, frozen, full, read-only, wiped or another one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { connectRedis } from '#server/store/client.ts';
import { openStore } from '#server/store/open.ts';
import { createStore } from '#server/store/redis.ts';
import { StoreError, StoreUnavailable } from '#server/store/store.ts';
import { freePort } from '../../setup/ports.ts';
import { startRedis, type RedisOptions } from '../../setup/redis.ts';
import { ballot, create, newSeatToken, onRedis, quietLog, round, takeSeat } from './stores.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function running(options: RedisOptions = { appendonly: true }) {
  const redis = await startRedis(options);
  cleanup.push(() => redis.stop());
  const { client, disk } = await onRedis(redis.url);
  const store = createStore(client, disk);
  cleanup.push(() => store.close());
  return { redis, store, client };
}

/** How long it took to be refused, in ms. */
async function refusal(command: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await expect(command).rejects.toBeInstanceOf(StoreUnavailable);
  return performance.now() - start;
}

async function voted() {
  const all = await running();
  const { sid, code } = await create(all.store);
  const seat = await takeSeat(all.store, sid);
  await round(all.store, sid, 'opens');
  await all.store.ballot(sid, seat, ballot(1));
  return { ...all, sid, code, seat };
}

describe('an outage of Redis', () => {
  test('R1 kill -9 and restart with AOF: refused at once meanwhile, nothing counted is lost, a new epoch', async () => {
    const { redis, store, sid, code, seat } = await voted();
    const epoch = store.epoch();
    await redis.kill('SIGKILL');
    expect(await refusal(store.ballot(sid, seat, ballot(2)))).toBeLessThan(2_000);
    expect(await refusal(store.load(sid))).toBeLessThan(100);
    expect(await store.ping()).toBe(false);
    await sleep(1_000);
    await redis.restart();
    await expect.poll(() => store.ping(), { timeout: 3_000 }).toBe(true);
    expect(store.epoch()).not.toBe(epoch);
    expect(await store.standing(sid, seat, 'one')).toBe(1);
    expect(await store.findRoom(code)).toBe(sid);
    expect(await store.ballot(sid, seat, ballot(2))).toEqual({ result: 'counted', version: 2 });
  });

  test('R4 a frozen Redis: refused within 2 s, then at once; it goes on by itself under the same epoch', async () => {
    const { redis, store, sid, seat } = await voted();
    const epoch = store.epoch();
    await redis.kill('SIGSTOP');
    const waits = await Promise.all([
      refusal(store.ballot(sid, seat, ballot(2))),
      refusal(store.load(sid)),
      refusal(store.tick(sid, Date.now())),
    ]);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    expect(await refusal(store.load(sid))).toBeLessThan(100);
    const before = performance.now();
    expect(await store.ping()).toBe(false);
    expect(performance.now() - before).toBeLessThan(100);
    await sleep(5_000);
    expect(await refusal(store.load(sid))).toBeLessThan(2_000);
    await redis.kill('SIGCONT');
    await expect.poll(() => store.ping(), { timeout: 4_000 }).toBe(true);
    expect(store.epoch()).toBe(epoch);
    expect(await store.ballot(sid, seat, ballot(3))).toEqual({ result: 'counted', version: 3 });
  });

  test('R4 a full or read-only Redis counts nothing, and says so', async () => {
    const { store, client, sid, seat } = await voted();
    await client.command('CONFIG', 'SET', 'maxmemory', '1');
    await refusal(store.ballot(sid, seat, ballot(2)));
    await refusal(create(store));
    await client.command('CONFIG', 'SET', 'maxmemory', '0');
    expect(await store.standing(sid, seat, 'one')).toBe(1);
    await client.command('CONFIG', 'SET', 'min-replicas-to-write', '1');
    await refusal(store.ballot(sid, seat, ballot(2)));
    await client.command('CONFIG', 'SET', 'min-replicas-to-write', '0');
    expect(await store.standing(sid, seat, 'one')).toBe(1);
    expect(await store.ballot(sid, seat, ballot(2))).toMatchObject({ result: 'counted' });
  });

  test('a wiped Redis knows nobody, and its scripts are loaded again', async () => {
    const { store, client, sid, seat } = await voted();
    await client.command('FLUSHALL');
    await client.command('SCRIPT', 'FLUSH');
    expect(await store.load(sid)).toBeNull();
    expect(await store.authorise(sid, 'participant', newSeatToken())).toBe('unknown-room');
    await expect(store.ballot(sid, seat, ballot(2))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.end(sid)).toBeNull();
    expect((await create(store)).code).toHaveLength(6);
  });
});

describe('the first connection', () => {
  async function failure(url: string): Promise<string> {
    const start = performance.now();
    const error: unknown = await connectRedis({ url }, () => undefined).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StoreError);
    expect(performance.now() - start).toBeLessThan(6_000);
    return String(error);
  }

  test('a Redis that is not there, wants another password or is frozen is named', async () => {
    const port = await freePort();
    expect(await failure(`redis://:hush@127.0.0.1:${port}`)).toMatch(`127.0.0.1:${port} cannot be`);
    const { redis, client } = await running();
    await client.command('CONFIG', 'SET', 'requirepass', 'right');
    const wrong = await failure(`redis://:wrong@127.0.0.1:${redis.port}`);
    expect(wrong).toContain('WRONGPASS');
    expect(wrong).not.toContain('wrong@');
    await redis.kill('SIGSTOP');
    expect(await failure(redis.url)).toContain('cannot be reached');
    await redis.kill('SIGCONT');
  });

  test('DISC-11 a Redis is not opened without a secret that seals the ballots', async () => {
    const redis = await startRedis();
    cleanup.push(() => redis.stop());
    for (const secret of [null, '']) {
      const config = { redisUrl: redis.url, dataDir: '', secret };
      const failure: unknown = await openStore(config, quietLog([])).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(StoreError);
      expect(String(failure)).toContain('without a secret');
    }
  });

  test('DISC-5 a Redis that may drop releases is refused', async () => {
    const args = ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'];
    const redis = await startRedis({ args });
    cleanup.push(() => redis.stop());
    expect(await failure(redis.url)).toContain('maxmemory-policy allkeys-lru');
  });
});

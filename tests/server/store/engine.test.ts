/** The embedded engine itself: quick, frugal, and replaced when it dies. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startEngine } from '#server/store/engine.ts';
import { createStore } from '#server/store/redis.ts';
import { StoreError, StoreUnavailable } from '#server/store/store.ts';
import { soak } from './soak.ts';
import { ballot, create, keys, open, round, takeSeat } from './stores.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

describe('the embedded engine', () => {
  test('R1 an engine that dies is replaced: another one goes on from the disk, under a new epoch', async () => {
    const opened = await open('embedded engine');
    cleanup.push(() => opened.stop());
    const { store, client } = opened;
    const { sid, code } = await create(store);
    const seat = await takeSeat(store, sid);
    await round(store, sid, 'opens');
    await store.ballot(sid, seat, ballot(5));
    await store.durable();
    const epoch = store.epoch();
    await expect(client.command('SHUTDOWN', 'NOSAVE')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect.poll(() => store.ping(), { timeout: 5_000 }).toBe(true);
    expect(store.epoch()).not.toBe(epoch);
    expect(await store.findRoom(code)).toBe(sid);
    expect(await store.standing(sid, seat, 'one')).toBe(5);
    expect(await store.ballot(sid, seat, ballot(6))).toEqual({ result: 'counted', version: 6 });
    await store.end(sid);
    // What the health check wrote is gone after a second.
    await expect.poll(() => keys(opened), { timeout: 5_000 }).toEqual([]);
  });

  test('R4 DISC-11 no receipt for a session that another engine has brought back: it is ended once more', async () => {
    const opened = await open('embedded engine');
    cleanup.push(() => opened.stop());
    const { client, disk, store } = opened;
    const { sid, code } = await create(store);
    await takeSeat(store, sid);
    let deaths = 0;
    const dying = createStore(client, {
      ...disk,
      changing: async (id, command) => {
        const answer = await disk.changing(id, command);
        if (deaths++ > 0) return answer;
        // Between the deletion and the disk's next pass.
        await client.command('SHUTDOWN', 'NOSAVE').catch(() => undefined);
        const back = () => client.command('EXISTS', `cr:code:${code}`).catch(() => 0);
        await expect.poll(back, { timeout: 10_000 }).toBe(1);
        return answer;
      },
    });
    expect(await dying.end(sid)).toEqual({ seats: 1 });
    expect(deaths).toBe(2);
    expect(await keys(opened)).toEqual([]);
    expect(readdirSync(join(opened.dir, 'sessions'))).toEqual([]);
  });

  test('an engine that does not come up in time stops the start with a sentence, and is cleared away', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'crossroads-late-'));
    cleanup.push(() => rmSync(dir, { recursive: true, force: true }));
    const failure: unknown = await startEngine(dir, 1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(String(failure)).toContain('cannot be started (no answer within 1 ms)');
    expect(existsSync(readFileSync(join(dir, 'engine'), 'utf8'))).toBe(false);
  });

  test('thousands of operations leave no key, no file and no memory behind', async () => {
    const opened = await open('embedded engine');
    cleanup.push(() => opened.stop());
    const used = async () => {
      const info = String(await opened.client.command('INFO', 'memory'));
      return Number(/used_memory:(\d+)/.exec(info)?.[1]);
    };
    await soak(opened.store, 1);
    const before = await used();
    expect(await soak(opened.store, 4)).toBeGreaterThan(500);
    expect((await used()) - before).toBeLessThan(500_000);
    expect(await keys(opened)).toEqual([]);
    expect(readdirSync(join(opened.dir, 'sessions'))).toEqual([]);
    expect(opened.faults).toEqual([]);
  });

  test('a lone command is answered within a few milliseconds, not at the engine’s next beat', async () => {
    const opened = await open('embedded engine');
    cleanup.push(() => opened.stop());
    const times: number[] = [];
    for (let count = 0; count < 50; count++) {
      const start = performance.now();
      await opened.client.command('PING');
      times.push(performance.now() - start);
    }
    expect(times.sort((a, b) => a - b)[25]).toBeLessThan(30);
  });
});

/** The store's contract on both engines: who is here, and the counts that everybody sees. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ballot,
  create,
  ENGINES,
  open,
  round,
  stateOf,
  takeSeat,
  type OpenStore,
} from './stores.ts';

const people = (count: number) => Array.from({ length: count });

describe.each(ENGINES)('presence on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  async function seated(count: number) {
    const { sid } = await create(opened.store);
    const seats = await Promise.all(people(count).map(() => takeSeat(opened.store, sid)));
    return { sid, seats };
  }

  test('DISC-6 counts rest for 5 s, whoever asks and whatever happens; a close ends them', async () => {
    const { store } = opened;
    const { sid, seats } = await seated(4);
    const start = Date.now();
    const answered = async (at: number) => (await store.tick(sid, at))?.counts.answered;
    expect(await answered(start)).toBeNull();
    await round(store, sid, 'opens');
    expect(await answered(start + 1)).toBe(0);
    await store.ballot(sid, seats[0] ?? '', ballot());
    for (const at of [1, 10, 4_000, 4_999, -3_000])
      expect(await answered(start + at), `${at}`).toBe(0);
    expect((await store.load(sid))?.counts.answered).toBe(0);
    expect(await answered(start + 5_000)).toBe(1);
    await store.ballot(sid, seats[1] ?? '', ballot());
    await store.ballot(sid, seats[1] ?? '', ballot(2));
    expect(await answered(start + 9_999)).toBe(1);
    expect(await answered(start + 10_000)).toBe(2);
    await round(store, sid, 'closes');
    expect(await answered(start + 10_001)).toBeNull();
    const tick = await store.tick(sid, start + 20_000);
    const { revision } = await stateOf(store, sid);
    expect(tick).toMatchObject({
      epoch: store.epoch(),
      revision,
      counts: { present: 0, seats: 4, answered: null },
    });
  });

  test('DISC-6 DISC-10 who arrives is counted at once, without counting answers out of turn', async () => {
    const { store } = opened;
    const { sid, seats } = await seated(2);
    await round(store, sid, 'opens');
    await store.tick(sid, Date.now());
    await store.ballot(sid, seats[0] ?? '', ballot());
    for (const seat of seats) await store.arrive(sid, 'a', [seat]);
    expect((await store.load(sid))?.counts).toEqual({ present: 2, seats: 2, answered: 0 });
    expect((await store.tick(sid, Date.now()))?.counts.answered).toBe(0);
    expect((await store.tick(sid, Date.now() + 5_000))?.counts.answered).toBe(1);
  });

  test('DISC-6 a clock that was set back does not stop the counts for ever', async () => {
    const { store } = opened;
    const { sid } = await seated(2);
    await store.tick(sid, Date.now() + 3_600_000);
    expect((await store.tick(sid, Date.now()))?.counts.seats).toBe(2);
  });

  test('DISC-10 somebody with two phones on two nodes is present once; a dead node is forgotten', async () => {
    const { store, client } = opened;
    const { sid, seats } = await seated(3);
    const [ann = '', bob = '', cem = ''] = seats;
    let at = Date.now();
    const present = async () => (await store.tick(sid, (at += 5_000)))?.counts.present;
    await store.arrive(sid, 'a', [ann]);
    expect(await present()).toBe(1);
    await store.arrive(sid, 'b', [ann]);
    await store.keepPresent(sid, 'b', [ann, bob, cem]);
    expect(await present()).toBe(3);
    await store.leave(sid, 'a', ann);
    expect(await present()).toBe(3);
    await store.leave(sid, 'b', ann);
    expect(await present()).toBe(2);
    const life = Number(await client.command('PTTL', `cr:{${sid}}:present:b`));
    expect(life).toBeGreaterThan(40_000);
    expect(life).toBeLessThanOrEqual(60_000);
    expect(await client.command('PEXPIRE', `cr:{${sid}}:present:b`, '1')).toBe(1);
    await expect.poll(present).toBe(0);
    expect(await client.command('EXISTS', `cr:{${sid}}:nodes`)).toBe(0);
  });

  test('DISC-10 a seat whose leaving was lost is gone at the node’s next slow beat; other nodes’ seats stay', async () => {
    const { store, client } = opened;
    const { sid, seats } = await seated(4);
    const [ann = '', bob = '', cem = '', dee = ''] = seats;
    for (const seat of [ann, bob]) await store.arrive(sid, 'a', [seat]);
    await store.arrive(sid, 'b', [dee]);
    await store.keepPresent(sid, 'a', [bob, cem]);
    const here = await client.command('ZRANGE', `cr:{${sid}}:present:a`, '0', '-1', 'WITHSCORES');
    expect(here).toEqual([bob, cem].sort().flatMap((seat) => [seat, '0']));
    expect((await store.tick(sid, Date.now() + 5_000))?.counts.present).toBe(3);
  });

  test('a full room is kept present in one go', async () => {
    const { store } = opened;
    const { sid } = await seated(1);
    const seats = people(20_000).map((_, index) => `seat-${index}`);
    await store.keepPresent(sid, 'a', seats);
    await store.keepPresent(sid, 'a', seats);
    expect((await store.tick(sid, Date.now() + 5_000))?.counts.present).toBe(20_000);
  });
});

/** The store's contract on both engines: ballots, the close, releases. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Argument, StoreClient } from '#server/store/client.ts';
import { createStore } from '#server/store/redis.ts';
import { StoreUnavailable } from '#server/store/store.ts';
import {
  ballot,
  create,
  ENGINES,
  open,
  release,
  round,
  takeSeat,
  type OpenStore,
} from './stores.ts';

const people = (count: number) => Array.from({ length: count });

describe.each(ENGINES)('rounds on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  async function seated(count: number) {
    const { sid } = await create(opened.store);
    const seats = await Promise.all(people(count).map(() => takeSeat(opened.store, sid)));
    return { sid, seats, seat: seats[0] ?? '' };
  }

  test('R2 a ballot sent again is answered again; an older one changes nothing; another of the same version is a conflict', async () => {
    const { store } = opened;
    const { sid, seat } = await seated(1);
    const [first, second] = [ballot(1), ballot(2)];
    expect(await store.ballot(sid, seat, first)).toEqual({ result: 'round-closed' });
    await round(store, sid, 'opens');
    expect(await store.standing(sid, seat, 'one')).toBeNull();
    expect(await store.ballot(sid, seat, first)).toEqual({ result: 'counted', version: 1 });
    expect(await store.ballot(sid, seat, first)).toEqual({ result: 'counted', version: 1 });
    expect(await store.ballot(sid, seat, second)).toEqual({ result: 'counted', version: 2 });
    expect(await store.ballot(sid, seat, first)).toEqual({ result: 'stale', version: 2 });
    expect(await store.ballot(sid, seat, ballot(2))).toEqual({ result: 'conflict' });
    expect(await store.standing(sid, seat, 'one')).toBe(2);
    expect(await store.ballot(sid, seat, ballot(3, 'two'))).toEqual({ result: 'round-closed' });
    await round(store, sid, 'closes');
    expect(await store.sealedBallots(sid, 'one')).toEqual([
      { seat, version: 2, sealed: second.sealed },
    ]);
  });

  test('R4 of a session that is not there it is not said that its round is closed', async () => {
    const { store } = opened;
    const { sid, seat } = await seated(1);
    await round(store, sid, 'opens');
    await store.end(sid);
    await expect(store.ballot(sid, seat, ballot(1))).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('R2 an acknowledgement lost just before the close: the retry hears that it was counted, before and after the release', async () => {
    const { store } = opened;
    const { sid, seats, seat } = await seated(2);
    const [first, second] = [ballot(1), ballot(2)];
    await round(store, sid, 'opens');
    for (const sent of [first, second]) await store.ballot(sid, seat, sent);
    await round(store, sid, 'closes');
    const retries = async () => {
      expect(await store.ballot(sid, seat, second)).toEqual({ result: 'counted', version: 2 });
      expect(await store.ballot(sid, seat, first)).toEqual({ result: 'stale', version: 2 });
      expect(await store.ballot(sid, seat, ballot(3))).toEqual({ result: 'round-closed' });
      const late = await store.ballot(sid, seats[1] ?? '', ballot(1));
      expect(late).toEqual({ result: 'round-closed' });
    };
    await retries();
    expect(await store.ballot(sid, seat, ballot(2))).toEqual({ result: 'conflict' });
    expect(await store.sealedBallots(sid, 'one')).toEqual([
      { seat, version: 2, sealed: second.sealed },
    ]);
    await store.settle(sid, 'one', release());
    await retries();
    expect(await store.standing(sid, seat, 'one')).toBe(2);
    expect(await store.standing(sid, seats[1] ?? '', 'one')).toBeNull();
    expect(await store.sealedBallots(sid, 'one')).toEqual([]);
  });

  test('R2 in any order and however often, the newest version of every seat is left', async () => {
    const { store } = opened;
    const { sid, seats } = await seated(3);
    let asked = 0;
    const version = fc.record({
      seat: fc.nat(2),
      version: fc.integer({ min: 1, max: 99_999_999 }),
    });
    const schedules = fc.array(version, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(schedules, async (sent) => {
        const question = `q${asked++}`;
        await round(store, sid, 'opens', question);
        const made = new Map(
          sent.map((one) => [`${one.seat} ${one.version}`, ballot(one.version, question)]),
        );
        await Promise.all(
          [...sent, ...sent].map((one) =>
            store.ballot(
              sid,
              seats[one.seat] ?? '',
              made.get(`${one.seat} ${one.version}`) ?? ballot(),
            ),
          ),
        );
        await round(store, sid, 'closes', question);
        const left = await store.sealedBallots(sid, question);
        const newest = seats.flatMap((seat, index) => {
          const mine = sent.filter((one) => one.seat === index).map((one) => one.version);
          const top = Math.max(...mine);
          const { sealed } = made.get(`${index} ${top}`) ?? { sealed: '' };
          return mine.length > 0 ? [{ seat, version: top, sealed }] : [];
        });
        expect(new Set(left)).toEqual(new Set(newest));
        await store.settle(sid, question, release(question));
      }),
      { numRuns: 25 },
    );
  });

  test('DISC-11 ballots at rest have one length, and an open round is shown to nobody', async () => {
    const { store, client } = opened;
    const { sid, seats } = await seated(3);
    await round(store, sid, 'opens');
    await Promise.all(
      seats.map((seat, index) => store.ballot(sid, seat, ballot([1, 12_345, 99_999_999][index]))),
    );
    const stored = await client.command('HVALS', `cr:{${sid}}:ballots:one`);
    const lengths = (Array.isArray(stored) ? stored : []).map((value) => String(value).length);
    expect(lengths).toEqual([lengths[0], lengths[0], lengths[0]]);
    await expect(store.sealedBallots(sid, 'one')).rejects.toThrow('not closed');
    await expect(store.settle(sid, 'one', release())).rejects.toThrow('not closed');
    await expect(store.sealedBallots(sid, 'never')).rejects.toThrow('not closed');
    await expect(store.settle(sid, 'never', release('never'))).rejects.toThrow('not closed');
    await round(store, sid, 'closes');
    const versions = (await store.sealedBallots(sid, 'one')).map(({ version }) => version);
    expect(versions.sort((a, b) => a - b)).toEqual([1, 12_345, 99_999_999]);
  });

  test('T4 DISC-5 of two releases the first stands; ballots give way to the versions counted', async () => {
    const { store, client } = opened;
    const { sid, seats } = await seated(6);
    await round(store, sid, 'opens');
    await Promise.all(seats.map((seat, index) => store.ballot(sid, seat, ballot(index + 1))));
    await round(store, sid, 'closes');
    expect(await store.ballot(sid, seats[0] ?? '', ballot(50))).toEqual({ result: 'round-closed' });
    const [one, other] = [release('one', [0, 0, 2, 2, 4, 4]), release('one', [0, 0, 0, 0, 0, 0])];
    const settled = await Promise.all([
      store.settle(sid, 'one', one),
      store.settle(sid, 'one', other),
    ]);
    expect(settled[0]).toEqual(settled[1]);
    const late = await store.settle(sid, 'one', release());
    expect(late).toEqual(settled[0]);
    expect((await store.load(sid))?.releases).toEqual(new Map([['one', settled[0]]]));
    expect(await store.sealedBallots(sid, 'one')).toEqual([]);
    expect(await client.command('EXISTS', `cr:{${sid}}:ballots:one`)).toBe(0);
    const versions = await Promise.all(seats.map((seat) => store.standing(sid, seat, 'one')));
    expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await store.standing(sid, 'nobody', 'one')).toBeNull();
  });

  test('a ballot is stored by one command', async () => {
    const { store, client } = opened;
    const { sid, seats } = await seated(20);
    await round(store, sid, 'opens');
    await store.ballot(sid, seats[0] ?? '', ballot());
    let commands = 0;
    const counting = {
      ...client,
      command: (...args: Argument[]) => client.command(...args).finally(() => commands++),
      script: (...args: Parameters<StoreClient['script']>) =>
        client.script(...args).finally(() => commands++),
    };
    const { disk } = opened;
    const counted = createStore(counting, disk);
    for (const seat of seats) await counted.ballot(sid, seat, ballot(2));
    expect(commands).toBe(20);
  });
});

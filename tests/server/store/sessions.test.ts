/** The store's contract on both engines: sessions, seats, lifetimes, changes of state, the end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODE_ALPHABET } from '#core/code.ts';
import { POLICIES } from '#core/disclosure.ts';
import { StoreUnavailable } from '#server/store/store.ts';
import {
  ballot,
  create,
  ENGINES,
  hostOf,
  keys,
  newSeatToken,
  open,
  release,
  round,
  seatOf,
  stateOf,
  takeSeat,
  WORKSHOP,
  type OpenStore,
} from './stores.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(ENGINES)('sessions on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  async function lives(sid: string): Promise<Record<string, number>> {
    const mine = (await keys(opened)).filter((key) => !/^cr:(code|qr|live)/.test(key));
    const made = await opened.store.meta(sid);
    const ways = [`cr:code:${made?.code}`, `cr:qr:${made?.qr}`];
    const named = [...mine.filter((key) => key.startsWith(`cr:{${sid}}:`)), ...ways];
    const found = await Promise.all(
      named.map(async (key) => [key, Number(await opened.client.command('PEXPIRETIME', key))]),
    );
    return Object.fromEntries(found) as Record<string, number>;
  }

  test('a new session is found by its code and by its QR id, and keeps its content', async () => {
    const { store } = opened;
    const made = await create(store);
    expect(made.code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{6}$`));
    expect(await store.findRoom(made.code)).toBe(made.sid);
    expect(await store.findRoom(made.qr)).toBe(made.sid);
    expect(await store.findRoom('222222')).toBeNull();
    const { code, qr } = made;
    const mine = { operator: null, rehearsal: false, origin: null };
    const fixed = { workshop: WORKSHOP, translations: [], policy: POLICIES.standard, ...mine };
    expect(await store.meta(made.sid)).toEqual({ ...fixed, code, qr });
    const loaded = await store.load(made.sid);
    expect(loaded?.state).toMatchObject({ revision: 1, rounds: {}, locked: false });
    expect(loaded?.counts).toEqual({ present: 0, seats: 0, answered: null });
    expect(await store.load('nobody')).toBeNull();
    expect(await store.meta('nobody')).toBeNull();
  });

  test('S3 tokens are kept as hashes only, and open their own role only', async () => {
    const { store, client } = opened;
    const made = await create(store);
    const token = newSeatToken();
    const seat = await takeSeat(store, made.sid, token);
    const meta = JSON.stringify(await client.command('HGETALL', `cr:{${made.sid}}:meta`));
    for (const secret of [made.hostToken, made.screenToken]) expect(meta).not.toContain(secret);
    expect(await keys(opened)).not.toContain(token);
    expect(await store.authorise(made.sid, 'host', made.hostToken)).not.toBeTypeOf('string');
    expect(await store.authorise(made.sid, 'screen', made.screenToken)).not.toBeTypeOf('string');
    expect(await store.authorise(made.sid, 'participant', token)).toEqual({ seat });
    expect(await store.authorise(made.sid, 'host', made.screenToken)).toBe('not-allowed');
    expect(await store.authorise(made.sid, 'screen', made.hostToken)).toBe('not-allowed');
    expect(await store.authorise(made.sid, 'participant', made.hostToken)).toBe('not-allowed');
    const other = await create(store);
    expect(await store.authorise(other.sid, 'participant', token)).toBe('not-allowed');
    expect(await store.authorise(other.sid, 'host', made.hostToken)).toBe('not-allowed');
    for (const role of ['host', 'screen', 'participant'] as const)
      expect(await store.authorise('nobody', role, token)).toBe('unknown-room');
  });

  test('S2 joining twice takes one seat; locked and full rooms give no new one', async () => {
    const { store } = opened;
    const { sid } = await create(store);
    const now = Date.now();
    const [first, second] = [newSeatToken(), newSeatToken()];
    const join = (token: string, maxSeats = 2) => store.join(sid, token, { maxSeats }, now);
    const both = await Promise.all([join(first), join(first)]);
    expect(both.sort()).toEqual(['already', 'joined']);
    expect(await join(second)).toBe('joined');
    expect(await join(newSeatToken())).toBe('full');
    const state = await stateOf(store, sid);
    await store.commit(sid, hostOf(sid), state.revision, { ...state, revision: 2, locked: true });
    expect(await join(newSeatToken(), 10)).toBe('locked');
    expect(await join(first)).toBe('already');
    expect(await store.join('nobody', first, { maxSeats: 2 }, now)).toBe('unknown-room');
  });

  test('DISC-11 a prepared session lives 30 days, a joined one and its code at most 24 h', async () => {
    const { store } = opened;
    const now = Date.now();
    const { sid } = await create(store, now);
    await round(store, sid, 'opens', 'early');
    await round(store, sid, 'closes', 'early');
    await store.settle(sid, 'early', release('early'));
    for (const at of Object.values(await lives(sid))) expect(at).toBe(now + 30 * DAY);
    const seat = await takeSeat(store, sid);
    await store.arrive(sid, 'node', [seat]);
    await round(store, sid, 'opens');
    await store.ballot(sid, seat, ballot());
    const open = await lives(sid);
    expect(Object.keys(open)).toHaveLength(10);
    const ends = Object.entries(open).filter(([key]) => !key.includes(':present:'));
    for (const [key, at] of ends) {
      expect(at, key).toBeLessThanOrEqual(Date.now() + DAY);
      expect(at, key).toBeGreaterThan(now + DAY - HOUR);
    }
    expect(new Set(ends.map(([, at]) => at)).size).toBe(1);
    await round(store, sid, 'closes');
    await store.settle(sid, 'one', release());
    await takeSeat(store, sid);
    for (const [key, at] of Object.entries(await lives(sid)))
      if (!key.includes(':present:')) expect(at, key).toBe(ends[0]?.[1]);
  });

  test('DISC-11 a node that died right after the first join leaves no look-up that outlives the session', async () => {
    const { store, client } = opened;
    const { sid, code, qr } = await create(store);
    const seat = await takeSeat(store, sid);
    const end = String(await client.command('HGET', `cr:{${sid}}:state`, 'exp'));
    const ways = [`cr:code:${code}`, `cr:qr:${qr}`];
    const long = String(Date.now() + 30 * DAY);
    for (const key of ways) await client.command('PEXPIREAT', key, long);
    await client.command('ZADD', 'cr:live', long, sid);
    await store.keepPresent(sid, 'node', [seat]);
    for (const key of ways) expect(await client.command('PEXPIRETIME', key), key).toBe(Number(end));
    expect(await client.command('ZSCORE', 'cr:live', sid)).toBe(end);
  });

  test('DISC-11 no seat can be told by when it came: one score for all, a coarse end of life', async () => {
    const { store, client } = opened;
    const { sid } = await create(store);
    const seats = [];
    for (let person = 0; person < 8; person++) seats.push(await takeSeat(store, sid));
    const stored = await client.command('ZRANGE', `cr:{${sid}}:seats`, '0', '-1', 'WITHSCORES');
    expect(stored).toEqual(seats.sort().flatMap((seat) => [seat, '0']));
    expect(Number(await client.command('HGET', `cr:{${sid}}:state`, 'exp')) % 900_000).toBe(0);
  });

  test('a session past its end is gone by itself, with its code', async () => {
    const { store } = opened;
    const made = await create(store, Date.now() - 30 * DAY + 400);
    expect(await store.findRoom(made.code)).toBe(made.sid);
    await expect.poll(() => store.load(made.sid), { timeout: 3000 }).toBeNull();
    expect(await store.findRoom(made.code)).toBeNull();
    expect((await keys(opened)).filter((key) => key.includes(made.sid))).toEqual([]);
  });

  test('a code whose session is gone is removed when somebody asks for it', async () => {
    const { store, client } = opened;
    const { sid, code } = await create(store);
    await client.command('DEL', `cr:{${sid}}:state`, `cr:{${sid}}:meta`);
    expect(await store.findRoom(code)).toBeNull();
    expect(await keys(opened)).not.toContain(`cr:code:${code}`);
    await store.end(sid);
  });

  test('R8 of two changes from one revision, one is made', async () => {
    const { store } = opened;
    const { sid } = await create(store);
    const state = await stateOf(store, sid);
    const next = { ...state, revision: 2 };
    const done = await Promise.all([
      store.commit(sid, hostOf(sid), 1, { ...next, stepSince: 1 }),
      store.commit(sid, hostOf(sid), 1, { ...next, stepSince: 2 }),
    ]);
    expect(done.filter((one) => one === 'stale')).toHaveLength(1);
    // The one that was made answers what a load does.
    expect(done.find((one) => one !== 'stale')).toMatchObject({ ...(await store.load(sid)) });
    expect(await store.commit(sid, hostOf(sid), 1, next)).toBe('stale');
    expect((await stateOf(store, sid)).revision).toBe(2);
    expect(await store.commit('nobody', hostOf(sid), 1, next)).toBe('gone');
    expect((await keys(opened)).filter((key) => key.includes('nobody'))).toEqual([]);
  });

  test('S3 a change is made with a key of the host alone, and with none that was taken away', async () => {
    const { store } = opened;
    const made = await create(store);
    const { sid } = made;
    const before = await stateOf(store, sid);
    const next = { ...before, revision: 2 };
    const refused = [
      '',
      seatOf(made.screenToken),
      await takeSeat(store, sid),
      // Not all of a hash, nor more than one.
      hostOf(sid).slice(1),
    ];
    for (const by of refused) expect(await store.commit(sid, by, 1, next)).toBe('revoked');
    const heir = newSeatToken();
    const key = { role: 'host', token: heir, only: true } as const;
    expect((await store.newKey(sid, hostOf(sid), key)).result).toBe('ok');
    expect(await store.commit(sid, hostOf(sid), 1, next)).toBe('revoked');
    expect(await stateOf(store, sid)).toEqual(before);
    expect(await store.commit(sid, seatOf(heir), 1, next)).toMatchObject({ state: next });
  });

  test('DISC-11 ending leaves no key at all, and nothing that comes later makes one', async () => {
    const { store, client } = opened;
    await client.command('FLUSHALL');
    const made = await create(store);
    const { sid } = made;
    const token = newSeatToken();
    const seat = await takeSeat(store, sid, token);
    await takeSeat(store, sid);
    await store.arrive(sid, 'node-a', [seat]);
    await store.arrive(sid, 'node-b', [seat]);
    await round(store, sid, 'opens', 'early');
    await store.ballot(sid, seat, ballot(1, 'early'));
    await round(store, sid, 'closes', 'early');
    await store.settle(sid, 'early', release('early'));
    await round(store, sid, 'opens');
    await store.ballot(sid, seat, ballot());
    await store.tick(sid, Date.now());
    const mine = (await keys(opened)).filter((key) => key.startsWith(`cr:{${sid}}:`));
    expect(mine).toHaveLength(10);
    expect(await store.end(sid)).toEqual({ seats: 2 });
    expect(await keys(opened)).toEqual([]);
    expect(await store.end(sid)).toBeNull();
    await expect(store.ballot(sid, seat, ballot(2))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.tick(sid, Date.now())).toBeNull();
    expect(await store.load(sid)).toBeNull();
    expect(await store.join(sid, token, { maxSeats: 9 }, Date.now())).toBe('unknown-room');
    expect(await store.sealedBallots(sid, 'one')).toEqual([]);
    await expect(store.settle(sid, 'one', release())).rejects.toThrow('ended');
    await store.arrive(sid, 'node-a', [seat]);
    await store.keepPresent(sid, 'node-a', [seat]);
    await store.leave(sid, 'node-a', seat);
    expect(await store.authorise(sid, 'participant', token)).toBe('unknown-room');
    for (const room of [made.code, made.qr]) expect(await store.findRoom(room)).toBeNull();
    expect(seatOf(token)).toBe(seat);
    expect(await keys(opened)).toEqual([]);
  });
});

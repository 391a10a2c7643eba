/** What one client may try before it has to wait, on a server that strangers can reach. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientKey } from '#server/clients.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { askSeat } from '../setup/key.ts';
import { createSession, newNonce } from '../setup/room.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { TRUST_PROXY: '1' } });
});
afterAll(() => app.stop());

/** Posts as a client that the proxy in front of the server tells of. */
async function postFrom(client: string, url: string, body: unknown) {
  const since = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
    body: JSON.stringify(body),
  });
  const { ok, reason } = (await response.json()) as { ok: boolean; reason?: string };
  return { status: response.status, ok, reason, ms: performance.now() - since };
}

describe('S1 wrong codes', () => {
  const join = async (client: string, room: string) => {
    const since = performance.now();
    const headers = { 'x-forwarded-for': client };
    const reply = await askSeat(app.url, { room, nonce: newNonce() }, headers);
    return { ...reply, ms: performance.now() - since };
  };

  test('make their client wait, and lock nobody out behind its address', async () => {
    const { code } = await createSession(app.url);
    // One machine has 2^64 addresses of IPv6.
    for (let guess = 1; guess <= 60; guess += 1)
      expect(await join(`2001:db8:0:7::${guess}`, '222222')).toMatchObject({
        reason: 'unknown-room',
      });
    const [neighbour, stranger] = await Promise.all([
      join('2001:db8:0:7:ffff::1', code),
      join('2001:db8:0:8::1', code),
    ]);
    expect(neighbour.ok).toBe(true);
    expect(neighbour.ms).toBeGreaterThan(1_400);
    expect(stranger.ok).toBe(true);
    expect(stranger.ms).toBeLessThan(neighbour.ms);
    const flood = Array.from({ length: 30 }, () => join('2001:db8:0:7::1', '222222'));
    const reasons = (await Promise.all(flood)).map((reply) => !reply.ok && reply.reason);
    expect(new Set(reasons)).toEqual(new Set(['unknown-room', 'slow-down']));
    expect((await join('2001:db8:0:7::1', code)).ok).toBe(true);
  });

  test('sent in one burst are counted before they are looked at', async () => {
    const since = performance.now();
    const burst = Array.from({ length: 500 }, () => join('203.0.113.9', '222222'));
    const reasons = (await Promise.all(burst)).map((reply) => !reply.ok && reply.reason);
    // The budget and those that may wait; on a busy machine some are under way as the last of it is spent,
    // and a part of the burst comes after a pause.
    const pauses = Math.max(1, Math.floor((performance.now() - since) / 1_500));
    const looked = reasons.filter((reason) => reason === 'unknown-room').length;
    expect(looked).toBeGreaterThanOrEqual(60 + 20);
    expect(looked).toBeLessThanOrEqual(60 + 20 + 20 * pauses);
    expect(reasons.filter((reason) => reason === 'slow-down')).toHaveLength(500 - looked);
  });

  test('hold up nobody who comes with the right code in a crowd, not even behind one wrong guess too few', async () => {
    const { code } = await createSession(app.url);
    for (let guess = 0; guess < 59; guess += 1) await join('203.0.113.10', '222222');
    const crowd = await Promise.all(Array.from({ length: 200 }, () => join('203.0.113.10', code)));
    // Of those that are made to wait only twenty may: all others would be refused.
    expect(crowd.every(({ ok }) => ok)).toBe(true);
  });

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0DB8:0000:0000:9::1', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    [undefined, ''],
  ])('of %s are counted for %s', (address, key) => {
    expect(clientKey(address)).toBe(key);
  });
});

describe('S11 a server with a passphrase, and ten sessions a day for one client', () => {
  const passphrase = 'open the crossroads';
  let own: TestApp;
  beforeAll(async () => {
    const env = { CREATE_PASSPHRASE: passphrase, MAX_SESSIONS: '30', TRUST_PROXY: '1' };
    own = await startApp({ env });
  });
  afterAll(() => own.stop());
  const create = (client: string, said?: string) => {
    const body = { workshop: 'staff-or-em', language: 'en', plan: 'full', policy: 'standard' };
    const all = said === undefined ? body : { ...body, passphrase: said };
    return postFrom(client, `${own.url}/api/sessions`, all);
  };

  test('creates for nobody without it', async () => {
    const refused = { status: 401, reason: 'passphrase' };
    expect(await create('203.0.113.1')).toMatchObject(refused);
    expect(await create('203.0.113.1', '')).toMatchObject(refused);
    expect(await create('203.0.113.1', `${passphrase}!`)).toMatchObject(refused);
    expect(await create('203.0.113.1', passphrase)).toMatchObject({ status: 200, ok: true });
  });

  test('slows down whoever guesses it, and then still takes the right one', async () => {
    for (let guess = 0; guess < 10; guess += 1)
      expect(await create('203.0.113.2', `guess ${guess}`)).toMatchObject({ status: 401 });
    const right = await create('203.0.113.2', passphrase);
    expect(right.ok).toBe(true);
    expect(right.ms).toBeGreaterThan(1_400);
    const flood = Array.from({ length: 8 }, () => create('203.0.113.2', 'guess'));
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });

  test('lets no client take all the places, not even at once', async () => {
    const greedy = Array.from({ length: 15 }, () => create('203.0.113.3', passphrase));
    const replies = await Promise.all(greedy);
    expect(replies.filter(({ ok }) => ok)).toHaveLength(10);
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ reason: 'too-many-sessions' });
    expect((await create('203.0.113.4', passphrase)).ok).toBe(true);
  });
});

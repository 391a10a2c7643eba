/** The keys to a session in the store, on both engines (S3). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, ENGINES, newSeatToken, open, type OpenStore } from './stores.ts';

describe.each(ENGINES)('keys on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  test('S3 further keys are hashes too; a key that was taken away can neither open nor make another', async () => {
    const { store, client } = opened;
    const made = await create(store);
    const [second, heir] = [newSeatToken(), newSeatToken()];
    const hash = async (token: string) => {
      const grant = await store.authorise(made.sid, 'host', token);
      return typeof grant === 'string' ? grant : grant.seat;
    };
    const first = await hash(made.hostToken);
    const ask = (by: string, token: string, only = false) =>
      store.newKey(made.sid, by, { role: 'host', token, only });
    expect(await ask(first, second)).toEqual({ result: 'ok', revoked: [] });
    const both = [first, await hash(second)];
    expect(await ask(first, heir, true)).toEqual({ result: 'ok', revoked: both });
    expect(await hash(made.hostToken)).toBe('revoked');
    expect(await hash(heir)).not.toBe('revoked');
    expect(await ask(first, newSeatToken())).toMatchObject({ result: 'revoked' });
    expect(await ask(await hash(heir), heir, true)).toEqual({ result: 'ok', revoked: [] });
    expect(await Promise.all(both.map((key) => store.revoked(made.sid, 'host', key)))).toEqual([
      true,
      true,
    ]);
    const meta = JSON.stringify(await client.command('HGETALL', `cr:{${made.sid}}:meta`));
    for (const secret of [second, heir]) expect(meta).not.toContain(secret);
    expect(await store.newKey('nobody', first, { role: 'host', token: heir, only: true })).toEqual({
      result: 'unknown-room',
      revoked: [],
    });
    expect(await store.revoked('nobody', 'host', first)).toBe(false);
  });
});

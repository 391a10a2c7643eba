/** The store's contract on both engines: how many sessions there may be, and creations that fail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStore } from '#server/store/redis.ts';
import { StoreUnavailable } from '#server/store/store.ts';
import { ENGINES, keys, newSession, open, type OpenStore } from './stores.ts';

const DAY = 24 * 3_600_000;

describe.each(ENGINES)('creations on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  test('S11 no more sessions than allowed; one that ends or expires makes room', async () => {
    const { store, client } = opened;
    const now = Date.now();
    const living = Number(await client.command('ZCOUNT', 'cr:live', String(now + 1), '+inf'));
    const limited = newSession({ maxSessions: living + 1 });
    const made = await store.createSession(limited, now);
    expect(made).not.toBeNull();
    expect(await store.createSession(limited, now)).toBeNull();
    await store.end(made?.sid ?? '');
    const short = await store.createSession(limited, now - 30 * DAY + 300);
    expect(short).not.toBeNull();
    expect(await store.createSession(limited, now + 400)).not.toBeNull();
  });

  test.each(['before anything is stored', 'when it is stored, but nothing more can be'])(
    'S11 a creation that fails %s leaves no session, and keeps no place for longer than a minute',
    async (when) => {
      const { store, client, disk } = opened;
      await client.command('FLUSHALL');
      const now = Date.now();
      const limited = newSession({ maxSessions: 1 });
      const away = () => Promise.reject(new StoreUnavailable('away'));
      const early = when.startsWith('before');
      const failing = createStore(
        // Refused is whatever would clear up as well.
        { ...client, command: early ? away : client.command },
        { ...disk, ...(early ? { changing: away } : { kept: away }) },
      );
      await expect(failing.createSession(limited, now)).rejects.toBeInstanceOf(StoreUnavailable);
      if (!early) await expect.poll(() => keys(opened)).toEqual([]);
      expect(await store.createSession(limited, now + 60_001)).not.toBeNull();
    },
  );
});

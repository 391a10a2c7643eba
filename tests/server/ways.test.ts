/** What a node remembers of the ways into its rooms, and of who stands where when everybody comes back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { createRooms } from '#server/rooms.ts';
import { createSessions } from '#server/sessions.ts';
import { createStore } from '#server/store/redis.ts';
import type { Store } from '#server/store/store.ts';
import { TEST_SECRET } from '../setup/app.ts';
import { newNonce } from '../setup/room.ts';
import * as stores from './store/stores.ts';

describe.each(stores.ENGINES)('on the %s', (name) => {
  let opened: stores.OpenStore;
  beforeAll(async () => {
    opened = await stores.open(name);
  });
  afterAll(() => opened.stop());

  /** A node's doors, and every question that they ask of the store. */
  function doors() {
    const asked: string[] = [];
    const store = new Proxy(opened.store, {
      get: (target, property: keyof Store) => {
        asked.push(property);
        return target[property];
      },
    });
    const rooms = createRooms(store, () => 'http://localhost', 1000);
    const config = readConfig({});
    const parts = { store, rooms, config, content: [], secret: TEST_SECRET, clock: systemClock };
    const { join, end } = createSessions(parts);
    return { join: (room: string) => join({ room, nonce: newNonce() }), end, asked };
  }

  test('S1 a code that ended is asked for like one that never was', async () => {
    const { sid, code } = await stores.create(opened.store);
    const { join, end, asked } = doors();
    expect(await join(code)).toMatchObject({ ok: true, code });
    await end(sid);
    const questions = async (room: string) => {
      asked.length = 0;
      expect(await join(room)).toEqual({ ok: false, reason: 'unknown-room' });
      return [...asked];
    };
    expect(await questions(code)).toEqual(await questions('222222'));
  });

  test('S4 a code that ended elsewhere, and is another room’s by now, leads there', async () => {
    const { store, client } = opened;
    const [old, fresh] = [await stores.create(store), await stores.create(store)];
    const { join } = doors();
    expect(await join(old.code)).toMatchObject({ ok: true });
    await store.end(old.sid);
    await client.command('SET', `cr:code:${old.code}`, fresh.sid);
    const reply = await join(old.code);
    expect(reply).toMatchObject({ ok: true });
    expect(reply.ok && reply.sid).toBe(fresh.sid);
    await client.command('DEL', `cr:code:${old.code}`);
  });

  test('R3 everybody who comes back at once hears what stands for their own seat', async () => {
    const { store } = opened;
    const { sid } = await stores.create(store);
    const tokens = Array.from({ length: 300 }, () => stores.newSeatToken());
    const seats = await Promise.all(tokens.map((token) => stores.takeSeat(store, sid, token)));
    await stores.round(store, sid, 'opens');
    const versions = seats.map((_, at) => (at % 3 === 0 ? null : 1 + (at % 7)));
    await Promise.all(
      seats.map(async (seat, at) => {
        const version = versions[at];
        if (version) await store.ballot(sid, seat, stores.ballot(version));
      }),
    );
    const standing = () => Promise.all(seats.map((seat) => store.standing(sid, seat, 'one')));
    expect(await standing()).toEqual(versions);
    await stores.round(store, sid, 'closes');
    await store.settle(sid, 'one', stores.release());
    expect(await standing()).toEqual(versions);
    const mixed = tokens.flatMap((token) => [token, stores.newSeatToken()]);
    const grants = await Promise.all(
      mixed.map((token) => store.authorise(sid, 'participant', token)),
    );
    expect(grants).toEqual(seats.flatMap((seat) => [{ seat }, 'not-allowed']));
  });

  test('DISC-11 another run of the store hears again that a session’s life is shorter', async () => {
    const { client, disk } = opened;
    let run = client.epoch();
    const store = createStore({ ...client, epoch: () => run }, disk);
    const { sid, code } = await stores.create(store);
    const join = () => store.join(sid, stores.newSeatToken(), { maxSeats: 9 }, Date.now());
    const ends = async () => Number(await client.command('PEXPIRETIME', `cr:code:${code}`));
    await join();
    const shorter = await ends();
    await client.command('PEXPIREAT', `cr:code:${code}`, String(shorter + 1_000_000));
    run = 'another run';
    await join();
    expect(await ends()).toBe(shorter);
  });
});

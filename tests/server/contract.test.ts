/**
 * The frozen contract (DISC-8): a session keeps the thresholds it was made with. Another version of
 * the server is played by a session whose policy has the same name and other numbers.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cursor } from '#core/agenda.ts';
import { POLICIES, type Policy } from '#core/disclosure.ts';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { createLive } from '#server/live.ts';
import { createLog } from '#server/log.ts';
import { createMetrics } from '#server/metrics.ts';
import { passBy } from '#server/points.ts';
import { createRooms } from '#server/rooms.ts';
import { createSealer } from '#server/seal.ts';
import { createSessions } from '#server/sessions.ts';
import type { Store } from '#server/store/store.ts';
import { buildView } from '#server/views.ts';
import { TEST_SECRET } from '../setup/app.ts';
import { newNonce } from '../setup/room.ts';
import { ENGINES, newSession, open, seatOf, takeSeat, type OpenStore } from './store/stores.ts';

/** Nothing in it is as in POLICIES, so whoever looks there is found out. */
const FROZEN: Policy = {
  name: 'standard',
  minimum: 6,
  finestFrom: 10,
  statementsFrom: 11,
  veilSmall: 1,
  veilLarge: 2,
  veilShare: 4,
};

const FIVE = [0, 1, 2, 0, 1];

/** A server's insides over an open store; made anew, it knows nothing but what is stored. */
function serverOn(store: Store, secret = TEST_SECRET) {
  const rooms = createRooms(store, () => 'http://localhost', 1000);
  const sealer = createSealer(secret);
  const parts = { store, rooms, clock: systemClock };
  const config = readConfig({});
  const live = createLive({
    ...parts,
    sealer,
    metrics: createMetrics(),
    log: createLog('fatal'),
    onPoint: passBy,
  });
  return { live, sessions: createSessions({ ...parts, config, content: [], secret: TEST_SECRET }) };
}

describe.each(ENGINES)('the frozen contract on the %s', (name) => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await open(name);
  });
  afterAll(() => opened.stop());

  /** A room whose vote is open, with these answers in it. */
  async function asked(cells: readonly number[]) {
    const { store } = opened;
    const made = await store.createSession(newSession({ policy: FROZEN }), Date.now());
    if (!made) throw new Error('no session was made');
    const { sid, code } = made;
    const by = seatOf(made.hostToken);
    const server = serverOn(store);
    const host = async () => {
      const snapshot = await server.live.snapshot(sid);
      if (!snapshot) throw new Error('the session is gone');
      return buildView('host', snapshot, Date.now());
    };
    const go = async (to: Cursor | null | undefined, confirm = false) => {
      const { cursor: from } = await host();
      if (!to) throw new Error('nowhere to go');
      return server.live.command(sid, by, { do: 'move', from, to, confirm });
    };
    await go((await host()).agenda.find(({ kind }) => kind === 'myth')?.landing);
    await go((await host()).next);
    const { question } = (await host()).round ?? { question: '' };
    for (const cell of cells) {
      const seat = await takeSeat(store, sid);
      const ballot = { question, version: 1, nonce: newNonce(), choice: { cell } };
      expect(await server.live.ballot(sid, seat, ballot)).toMatchObject({ ok: true });
    }
    return {
      ...server,
      sid,
      by,
      code,
      host,
      close: async (confirm = true) => go((await host()).next, confirm),
    };
  }

  test('DISC-8 a session made by name keeps the whole policy of that day', async () => {
    const { store } = opened;
    const made = await store.createSession(newSession({ policy: POLICIES.strict }), Date.now());
    expect((await store.meta(made?.sid ?? ''))?.policy).toEqual(POLICIES.strict);
  });

  test('DISC-8 what people read before joining, and every view, says the thresholds of the session', async () => {
    const session = await asked([]);
    const contract = { policy: 'standard', minimum: 6, statementsFrom: 11, operator: null };
    expect(await session.sessions.look(session.code, null)).toMatchObject({ ok: true, contract });
    expect((await session.host()).contract).toEqual(contract);
  });

  test('DISC-8 DISC-1 five ballots are withheld where the session asks for six', async () => {
    const session = await asked(FIVE);
    await session.close();
    expect((await session.host()).release?.main).toEqual({ outcome: 'withheld', minimum: 6 });
  });

  test('DISC-8 DISC-5 closing asks once more below the session’s own minimum', async () => {
    const session = await asked(FIVE);
    await opened.store.tick(session.sid, Date.now() + 5_000);
    expect((await session.host()).counts).toMatchObject({ present: 0, answered: 5 });
    expect(await session.close(false)).toEqual({ ok: false, reason: 'confirm-close' });
  });

  test('DISC-8 DISC-3 the veil falls by the session’s own margin', async () => {
    // Four of six in one band: spread at this session's margin of one, veiled at today's of two.
    const session = await asked([0, 0, 0, 0, 1, 2]);
    await session.close();
    expect((await session.host()).release?.main).toEqual({
      outcome: 'spread',
      n: 6,
      grain: 'cells',
      counts: [4, 1, 1],
    });
  });

  test('DISC-8 a server that starts anew closes and publishes by the stored policy', async () => {
    const session = await asked(FIVE);
    const { live } = serverOn(opened.store);
    const { cursor: from, next: to } = await session.host();
    if (!to) throw new Error('nowhere to go');
    await live.command(session.sid, session.by, { do: 'move', from, to, confirm: true });
    const snapshot = await live.snapshot(session.sid);
    expect([...(snapshot?.releases.values() ?? [])]).toMatchObject([
      { main: { outcome: 'withheld', minimum: 6 } },
    ]);
  });

  test('DISC-5 ballots under another secret wait for it, and the room goes on meanwhile', async () => {
    const session = await asked([0, 0, 1, 1, 2, 2]);
    const stranger = serverOn(opened.store, 'another secret, as long as it has to be').live;
    const { cursor: from, next: to } = await session.host();
    if (!to) throw new Error('nowhere to go');
    await stranger.command(session.sid, session.by, { do: 'move', from, to, confirm: true });
    const blind = await stranger.snapshot(session.sid);
    expect(blind?.state.cursor).toEqual(to);
    expect(blind?.releases.size).toBe(0);
    expect((await session.host()).release?.main).toMatchObject({ outcome: 'spread', n: 6 });
  });
});

/** What one node's people do must not show on another node in another way than on their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSeat, joinSeat, vote } from '../setup/room.ts';
import { startHeld, startNode, type HeldApp } from './held.ts';
import { connectLine } from './line.ts';
import { align, openRoom, playAll, type Act } from './played.ts';

const PASSED_ON_MS = 40;

describe('two nodes on one Redis', () => {
  let app: HeldApp;
  let other: HeldApp;
  beforeAll(async () => {
    app = await startHeld('real Redis');
    other = await startNode(app.redis, app.clock);
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  test('DISC-6 T5 a tick for a room comes once in 5 s whoever taps where, and none for a changed mind', async () => {
    const room = await openRoom(app, 'standard', (seat) => ({ cell: seat % 3 }), []);
    const ticks: { at: number; answered: number | null }[] = [];
    room.screen.socket.on('tick', ({ counts }) =>
      ticks.push({ at: app.clock.now(), answered: counts.answered }),
    );
    const joins = Array.from({ length: 3 }, (): Act => ({ on: 'join' }));
    await playAll(app, [room], [...joins, { on: 'jump', kind: 'poll' }, { on: 'next' }]);
    const { seat } = await joinSeat(other.url, room.code);
    const phone = await connectSeat(other.url, seat);
    const wall = await connectLine(other.url, 'screen', room.screenCredential);
    const far = (version: number): Act => ({
      on: 'own',
      run: async () => {
        const reply = await vote(phone, { cell: version % 3 }, { version });
        expect(reply).toEqual({ ok: true, version });
      },
    });
    // What the other node does has arrived here when both have answered and Redis has passed it on.
    const quiet = async () => {
      await room.quiet();
      await wall.fence();
      await wall.fence();
      await sleep(PASSED_ON_MS);
    };
    const both = [{ ...room, quiet }];
    const near = (at: number): Act => ({ on: 'ballot', seat: at });
    await align(app, both);
    await playAll(app, both, [far(1), near(0), { on: 'wait' }]);
    const before = ticks.length;
    expect(ticks.at(-1)?.answered).toBe(2);
    await align(app, both);
    const since = ticks.length;
    await playAll(app, both, [far(2), near(0), far(3), { on: 'wait' }]);
    expect(ticks.slice(since)).toEqual([]);
    await playAll(app, both, [near(1), far(4), near(2), { on: 'wait' }, { on: 'wait' }]);
    expect(ticks.at(-1)?.answered).toBe(4);
    expect(wall.newest()).toEqual(room.screen.newest());
    const gaps = ticks.slice(1).map(({ at }, index) => at - ticks[index]!.at);
    expect(before).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
    wall.close();
    phone.close();
    room.close();
  });
});

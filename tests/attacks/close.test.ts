/** T4: the app dies at every point between the closing command and the reveal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POINTS, type Point } from '#server/points.ts';
import { ENGINES } from '../setup/engines.ts';
import { crash, oneRelease, startFaulty, stopAt, votedRoom, type FaultyApp } from './voted-room.ts';

/** Points of a command that closes nothing: the reveal's. */
const OF_REVEAL: Point[] = [
  'before-commit',
  'committed',
  'before-broadcast',
  'half-broadcast',
  'before-reply',
];

describe.each(ENGINES)('T4 DISC-5 on the %s', (name) => {
  let faulty: FaultyApp;
  beforeAll(async () => {
    faulty = await startFaulty(name);
  });
  afterAll(() => faulty.stop());

  const rooms = () =>
    Promise.all(POINTS.map((_, at) => votedRoom(faulty.app, [0, 0, 1, 1, 2, at % 3])));

  test('kill -9 of the app at every point of the close and of the reveal: one release, all ballots in it', async () => {
    const all = await rooms();
    await stopAt(faulty, all, POINTS, 'closed');
    const released = all.map((room) => room.seen().length > 0);
    await crash(faulty, all);
    for (const [at, room] of all.entries()) {
      // Redis kept what it acknowledged; the embedded engine, what anybody has seen.
      const committed = faulty.redis !== null && POINTS[at] !== 'before-commit';
      if (released[at] || committed) expect(room.host.view().cursor.stage).toBe('closed');
    }

    const revealing = all.slice(0, OF_REVEAL.length);
    for (const room of revealing) {
      await room.counted();
      if (room.isOpen()) await room.press('closed');
      await room.reach('closed');
    }
    await stopAt(faulty, revealing, OF_REVEAL, 'shown');
    await crash(faulty, all);
    expect(revealing.filter((room) => room.isOpen())).toEqual([]);
    for (const room of all) await room.finish();
    for (const room of all) await oneRelease(faulty, room);
  }, 60_000);
});

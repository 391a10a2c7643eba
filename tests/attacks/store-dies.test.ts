/** T4: the store dies, or its disk is late, between the closing command and the reveal. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POINTS, type Point } from '#server/points.ts';
import {
  crash,
  oneRelease,
  QUESTION,
  startFaulty,
  stopAt,
  votedRoom,
  type FaultyApp,
} from './voted-room.ts';

const SPREAD = [0, 0, 1, 1, 2, 2];
/** Longer than the embedded engine's changes take to its disk. */
const ON_DISK_MS = 700;

describe('T4 DISC-5 on the real Redis', () => {
  let faulty: FaultyApp;
  beforeAll(async () => {
    faulty = await startFaulty('real Redis');
  });
  afterAll(() => faulty.stop());

  test('kill -9 of Redis at every point of the close: it settles by itself, one release, all ballots in it', async () => {
    const all = await Promise.all(
      POINTS.map((_, at) => votedRoom(faulty.app, [0, 0, 1, 1, 2, at % 3])),
    );
    await stopAt(faulty, all, POINTS, 'closed');
    await faulty.redis?.kill('SIGKILL');
    faulty.goOn();
    await sleep(200);
    await faulty.redis?.restart();
    // Nobody reconnects and nobody presses: what was committed is released and shown.
    for (const [at, room] of all.entries())
      if (POINTS[at] !== 'before-commit') await room.reach('closed');
    for (const room of all) await room.finish();
    for (const room of all) await oneRelease(faulty, room);
  }, 60_000);

  test('a release that Redis has not written yet is shown to nobody, and to everybody as soon as it is', async () => {
    const room = await votedRoom(faulty.app, SPREAD);
    faulty.disk!.slow = true;
    const reply = await room.press('closed');
    expect(reply).toEqual({ ok: false, reason: 'try-again' });
    expect(room.seen()).toEqual([]);
    faulty.disk!.slow = false;
    await room.reach('closed');
    await room.finish();
    await oneRelease(faulty, room);
  }, 60_000);
});

describe('T4 DISC-5 on the embedded engine', () => {
  let faulty: FaultyApp;
  beforeAll(async () => {
    faulty = await startFaulty('embedded engine');
  });
  afterAll(() => faulty.stop());

  test('the engine dies with a close in it that is on no disk: what was undone is shown to nobody', async () => {
    const points: Point[] = ['committed', 'release-computed', 'release-stored'];
    for (const point of points) {
      const room = await votedRoom(faulty.app, SPREAD);
      await sleep(ON_DISK_MS);
      faulty.trap(room.sid, point, ' engine dies');
      await room.press('closed');
      expect(faulty.app.output()).toContain(`went on ${room.sid} ${point}`);
      await room.host.sync();
      if (room.isOpen()) {
        // It is open again, so a mind may be changed: only this is ever published.
        expect(room.seen()).toEqual([]);
        await room.counted();
        room.answer(5, 0);
      }
      await room.finish();
      await oneRelease(faulty, room);
    }
  }, 60_000);

  test('kill -9 in the very moment in which the first face is shown a release: it is on disk', async () => {
    const room = await votedRoom(faulty.app, SPREAD);
    await sleep(ON_DISK_MS);
    faulty.trap(room.sid, 'half-broadcast', ' app dies');
    void room.press('closed');
    await room.host.until('the host sees it', ({ release }) => release !== null);
    await crash(faulty, [room]);
    expect(room.host.view().cursor.stage).toBe('closed');
    await room.finish();
    await oneRelease(faulty, room);
  }, 60_000);

  test('R1 kill -9 with the disk a second behind: phones offer again what is missing, none missing, none twice', async () => {
    const { app } = faulty;
    const room = await votedRoom(app, SPREAD);
    await sleep(ON_DISK_MS);
    const sessions = join(app.dataDir, 'sessions');
    const copy = join(app.dataDir, 'a-second-ago');
    cpSync(sessions, copy, { recursive: true });
    // A second mind each, counted, and then as if none of it had reached the disk.
    room.phones.forEach((_, at) => room.answer(at, [1, 2, 2, 0, 0, 1][at]!));
    await room.counted();
    await app.kill('SIGKILL');
    rmSync(sessions, { recursive: true });
    cpSync(copy, sessions, { recursive: true });
    rmSync(copy, { recursive: true });
    await crash(faulty, [room]);
    expect(room.isOpen()).toBe(true);
    await room.finish();
    for (const phone of room.phones)
      expect(phone.state(QUESTION)).toEqual({ is: 'counted', version: 2 });
    await oneRelease(faulty, room);
  }, 60_000);
});

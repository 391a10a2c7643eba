/** T4: the app or the store dies at every point between the closing command and the reveal. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POINTS, type Point } from '#server/points.ts';
import { ENGINES } from '../setup/engines.ts';
import { command, connectPeople, vote } from '../setup/room.ts';
import { QUESTION, startFaulty, votedRoom, type FaultyApp, type VotedRoom } from './voted-room.ts';

/** Points of a command that closes nothing: the reveal's. */
const OF_REVEAL: Point[] = [
  'before-commit',
  'committed',
  'before-broadcast',
  'half-broadcast',
  'before-reply',
];
const SPREAD = [0, 0, 1, 1, 2, 2];
/** Longer than the embedded engine's changes take to its disk. */
const ON_DISK_MS = 700;

describe.each(ENGINES)('T4 DISC-5 on the %s', (name) => {
  let faulty: FaultyApp;
  beforeAll(async () => {
    faulty = await startFaulty(name);
  });
  afterAll(() => faulty.stop());

  const rooms = () =>
    Promise.all(POINTS.map((_, at) => votedRoom(faulty.app, [0, 0, 1, 1, 2, at % 3])));

  /** Every room presses and stops at its own point. */
  async function stopAt(all: VotedRoom[], points: readonly Point[], stage: string): Promise<void> {
    points.forEach((point, at) => faulty.trap(all[at]!.sid, point));
    for (const room of all) void room.press(stage);
    for (const [at, point] of points.entries()) await faulty.caught(all[at]!.sid, point);
  }

  /** Kills the app and starts it again; resolves when everybody is back by themselves. */
  async function crash(all: VotedRoom[]): Promise<void> {
    const before = all.map((room) => room.everybody.map((face) => face.welcomes()));
    await faulty.app.restart();
    for (const [at, room] of all.entries())
      for (const [index, face] of room.everybody.entries())
        await face.until('everybody back', () => face.welcomes() > before[at]![index]!);
  }

  /** One release for everybody, of all that was counted; and neither ballot nor press gets another. */
  async function oneRelease(room: VotedRoom): Promise<void> {
    expect(room.seen()).toEqual([await room.expected()]);
    for (const phone of room.phones) {
      await phone.sync();
      const version = phone.standing()?.version;
      expect(version).toBeGreaterThan(0);
      expect(phone.standing()?.question).toBe(QUESTION);
      expect(phone.state(QUESTION)).toEqual({ is: 'counted', version });
    }
    const [late] = await connectPeople(faulty.app.url, room.code, 1);
    const reply = await vote(late!, { cell: 1 }, { question: QUESTION, version: 9 });
    expect(reply).toEqual({ ok: false, reason: 'round-closed' });
    late!.close();
    const { cursor: from } = room.host.view();
    const open = { ...from, stage: 'open' };
    const again = await command(room.hostFace, { do: 'move', from, to: open });
    expect(again).toEqual({ ok: false, reason: 'asked-once' });
    room.close();
  }

  test('kill -9 of the app at every point of the close and of the reveal: one release, all ballots in it', async () => {
    const all = await rooms();
    await stopAt(all, POINTS, 'closed');
    const released = all.map((room) => room.seen().length > 0);
    await crash(all);
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
    await stopAt(revealing, OF_REVEAL, 'shown');
    await crash(all);
    expect(revealing.filter((room) => room.isOpen())).toEqual([]);
    for (const room of all) await room.finish();
    for (const room of all) await oneRelease(room);
  }, 60_000);

  test.runIf(name === 'real Redis')(
    'kill -9 of Redis at every point of the close: it settles by itself, one release, all ballots in it',
    async () => {
      const all = await rooms();
      await stopAt(all, POINTS, 'closed');
      await faulty.redis?.kill('SIGKILL');
      faulty.goOn();
      await sleep(200);
      await faulty.redis?.restart();
      // Nobody reconnects and nobody presses: what was committed is released and shown.
      for (const [at, room] of all.entries())
        if (POINTS[at] !== 'before-commit') await room.reach('closed');
      for (const room of all) await room.finish();
      for (const room of all) await oneRelease(room);
    },
    60_000,
  );

  test.runIf(name === 'real Redis')(
    'a release that Redis has not written yet is shown to nobody, and to everybody as soon as it is',
    async () => {
      const room = await votedRoom(faulty.app, SPREAD);
      faulty.disk!.slow = true;
      const reply = await room.press('closed');
      expect(reply).toEqual({ ok: false, reason: 'try-again' });
      expect(room.seen()).toEqual([]);
      faulty.disk!.slow = false;
      await room.reach('closed');
      await room.finish();
      await oneRelease(room);
    },
    60_000,
  );

  test.runIf(name === 'embedded engine')(
    'the engine dies with a close in it that is on no disk: what was undone is shown to nobody',
    async () => {
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
        await oneRelease(room);
      }
    },
    60_000,
  );

  test.runIf(name === 'embedded engine')(
    'R1 kill -9 with the disk a second behind: phones offer again what is missing, none missing, none twice',
    async () => {
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
      await crash([room]);
      expect(room.isOpen()).toBe(true);
      await room.finish();
      for (const phone of room.phones)
        expect(phone.state(QUESTION)).toEqual({ is: 'counted', version: 2 });
      await oneRelease(room);
    },
    60_000,
  );
});

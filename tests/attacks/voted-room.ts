/** A room whose people have all been told “counted”, on a server that can be stopped anywhere (T4). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { POLICIES } from '#core/disclosure.ts';
import { publish, type Choice } from '#core/round.ts';
import type { Point } from '#server/points.ts';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import type { ENGINES } from '../setup/engines.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import {
  command,
  connectHost,
  connectPeople,
  connectScreen,
  createSession,
  goTo,
  vote,
} from '../setup/room.ts';
import { follow, followWithPhone } from './follower.ts';
import { workshopRounds } from './held.ts';
import { slowDisk, type SlowDisk } from './slow-disk.ts';

export const QUESTION = 'myth-depth';

const ENTRY = fileURLToPath(new URL('faulty-server.ts', import.meta.url));

export interface FaultyApp {
  app: TestApp;
  redis: TestRedis | null;
  /** Between the app and Redis. */
  disk: SlowDisk | null;
  /** The server stops, kills itself or (embedded) loses its engine there, when this session passes next. */
  trap: (sid: string, point: Point, what?: ' engine dies' | ' app dies') => void;
  /** Resolves when the session has come to the point. */
  caught: (sid: string, point: Point) => Promise<void>;
  /** Lets go on all that was stopped. */
  goOn: () => void;
  stop: () => Promise<void>;
}

export async function startFaulty(name: (typeof ENGINES)[number]): Promise<FaultyApp> {
  const traps = mkdtempSync(join(tmpdir(), 'crossroads-traps-'));
  const redis = name === 'real Redis' ? await startRedis({ appendonly: true }) : null;
  const disk = redis ? await slowDisk(redis.port) : null;
  const ofRedis = disk ? { REDIS_URL: disk.url, CROSSROADS_SECRET: TEST_SECRET } : {};
  const app = await startApp({ entry: ENTRY, env: { ...ofRedis, TRAPS: traps } });
  return {
    app,
    redis,
    disk,
    trap: (sid, point, what) => writeFileSync(join(traps, sid), `${point}${what ?? ''}`),
    caught: (sid, point) =>
      expect.poll(() => app.output(), { timeout: 10_000 }).toContain(`stopped ${sid} ${point}`),
    goOn: () => process.kill(app.pid, 'SIGUSR2'),
    stop: async () => {
      await app.stop();
      disk?.close();
      await redis?.stop();
      rmSync(traps, { recursive: true, force: true });
    },
  };
}

export type VotedRoom = Awaited<ReturnType<typeof votedRoom>>;

/** @param cells what each person answers */
export async function votedRoom({ url }: TestApp, cells: readonly number[]) {
  const made = await createSession(url);
  const hostFace = await connectHost(url, made.host);
  const screen = follow(await connectScreen(url, made.screen));
  const faces = await connectPeople(url, made.code, cells.length);
  await goTo(hostFace, 'myth', 'open');
  const host = follow(hostFace);
  const phones = faces.map(followWithPhone);
  const choices = cells.map((cell): Choice => ({ cell }));
  const everybody = [host, screen, ...phones];
  const counted = async () => {
    for (const phone of phones)
      await phone.until('every ballot counted', () => phone.state(QUESTION)?.is === 'counted');
  };
  const reach = async (stage: string) => {
    for (const face of everybody)
      await face.until(`${made.code} at ${stage}`, ({ cursor }) => cursor.stage === stage);
  };
  const press = (stage: string) => {
    const { cursor } = host.view();
    const to = { ...cursor, stage };
    return command(hostFace, { do: 'move', from: cursor, to, confirm: true }).catch(() => null);
  };
  /** Answers, or changes a mind. */
  const answer = (at: number, cell: number) => {
    choices[at] = { cell };
    phones[at]!.send(QUESTION, choices[at]);
  };
  cells.forEach((cell, at) => answer(at, cell));
  await counted();
  return {
    sid: made.host.split('.')[0] ?? '',
    code: made.code,
    hostFace,
    host,
    phones,
    everybody,
    answer,
    counted,
    press,
    /** Every face sees this stage. */
    reach,
    isOpen: () => host.view().round?.status === 'open',
    /** All that anybody was ever shown of the question. */
    seen: () => [...new Set(everybody.flatMap(({ seen }) => [...seen]))],
    /** What all ballots together must publish. */
    expected: async () => {
      const round = (await workshopRounds()).get(QUESTION)!;
      const { main } = publish(round, choices, POLICIES.standard);
      return JSON.stringify({ question: QUESTION, main });
    },
    /** Presses on from where it is, until everybody has seen the result. */
    finish: async () => {
      if (host.view().round?.status === 'open') {
        await counted();
        await press('closed');
      }
      if (host.view().cursor.stage !== 'shown') {
        await reach('closed');
        await press('shown');
      }
      await reach('shown');
    },
    close: () => everybody.forEach((face) => face.close()),
  };
}

/** Every room presses and stops at its own point. */
export async function stopAt(
  faulty: FaultyApp,
  all: VotedRoom[],
  points: readonly Point[],
  stage: string,
): Promise<void> {
  points.forEach((point, at) => faulty.trap(all[at]!.sid, point));
  for (const room of all) void room.press(stage);
  for (const [at, point] of points.entries()) await faulty.caught(all[at]!.sid, point);
}

/** Kills the app and starts it again; resolves when everybody is back by themselves. */
export async function crash(faulty: FaultyApp, all: VotedRoom[]): Promise<void> {
  const before = all.map((room) => room.everybody.map((face) => face.welcomes()));
  await faulty.app.restart();
  for (const [at, room] of all.entries())
    for (const [index, face] of room.everybody.entries())
      await face.until('everybody back', () => face.welcomes() > before[at]![index]!);
}

/** One release for everybody, of all that was counted; and neither ballot nor press gets another. */
export async function oneRelease(faulty: FaultyApp, room: VotedRoom): Promise<void> {
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

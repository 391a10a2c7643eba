/** Exact costs, free of noise: what crosses the wire and what Redis is asked, per person and per step. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ParticipantView } from '#protocol/views.ts';
import { startEngine, type Engine } from '../setup/engines.ts';
import {
  connectHost,
  connectPeople,
  connectScreen,
  connectSeat,
  createSession,
  goTo,
  joinSeat,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import { startApp, TEST_SECRET } from '../setup/app.ts';
import { openRoom } from '../setup/session.ts';

let engine: Engine;
/** What came to Redis over a line, in order: its own name and arguments. What a script calls is not there. */
const heard: string[] = [];
let monitor: Socket;
beforeAll(async () => {
  engine = await startEngine('real Redis');
  monitor = connect(engine.redis!.port, '127.0.0.1');
  let rest = '';
  monitor.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\r\n');
    rest = lines.pop() ?? '';
    heard.push(
      ...lines.filter((line) => !line.includes(' lua] ')).map((line) => line.slice(0, 99)),
    );
  });
  monitor.write('MONITOR\r\n');
});
afterAll(async () => {
  monitor.destroy();
  await engine.stop();
});

/** Asked by a clock, not by what people do. */
const ASIDE = /"(ping|info|cr:probe)"/i;

/**
 * The commands that came while `work` was done; the beat's own are not among them.
 * @param aside what is asked by a clock
 */
async function asked(work: () => Promise<unknown>, aside = ASIDE): Promise<string[]> {
  // Just after a beat: the next is seconds away.
  await sleep(5_000 - (Date.now() % 5_000) + 400);
  heard.length = 0;
  await work();
  await sleep(50);
  return heard.filter((line) => !aside.test(line));
}

test('a step change asks Redis once, however many are in the room, and each face gets one frame', async () => {
  const room = await openRoom(engine.app.url, 8);
  await pressNext(room.host);
  const frames = () => [room.host, ...room.others].map((face) => face.frames.length);
  let before: number[] = [];
  const commands = await asked(() => {
    before = frames();
    return pressNext(room.host);
  });
  const { revision } = room.host.view();
  for (const face of room.others) await face.until((view) => view.revision === revision);
  // What this node saw stored last is what the change stands on, and no other node hears of the room.
  expect(commands.length, commands.join('\n')).toBe(1);
  const got = frames().map((now, index) => now - before[index]!);
  // Counts came along when the beat had some: at most one tick for everyone.
  for (const count of got) expect(count).toBeLessThanOrEqual(2);
  for (const face of [room.host, ...room.others])
    expect(face.frames.filter(({ event }) => event === 'view')).toHaveLength(2);
  room.close();
});

test('R8 a node that has somebody of the room hears of each step in one message, and changes it in its turn', async () => {
  const env = { REDIS_URL: engine.redis!.url, CROSSROADS_SECRET: TEST_SECRET };
  const other = await startApp({ env });
  onTestFinished(other.stop);
  const made = await createSession(engine.app.url);
  const host = await connectHost(engine.app.url, made.host);
  const there = await connectHost(other.url, made.host);
  const phones = await connectPeople(other.url, made.code, 2);
  await pressNext(host);
  const seen = async () => {
    const { revision } = host.view();
    await there.until((view) => view.revision >= revision);
    for (const phone of phones) await phone.until((view) => view.revision >= revision);
  };
  await seen();
  const commands = await asked(() => pressNext(host));
  await seen();
  expect(commands.map((line) => /"(\w+)"/.exec(line)?.[1])).toEqual(['EVALSHA', 'SPUBLISH']);
  // What the first node remembers is old now: nothing is lost, and nothing is made twice.
  const { revision } = host.view();
  await pressNext(there);
  await host.until((view) => view.revision === revision + 1);
  await pressNext(host);
  expect(host.view().revision).toBe(revision + 2);
  await seen();
  for (const face of [host, there, ...phones]) face.close();
});

test('ballots ask Redis at most once each when two come together, each is answered by one frame and broadcast to nobody', async () => {
  const room = await openRoom(engine.app.url, 8);
  await goTo(room.host, 'myth', 'open');
  const { revision } = room.host.view();
  for (const face of room.others) await face.until((view) => view.revision === revision);
  // The first of its kind teaches Redis the script.
  await vote(room.phones[0]!, { cell: 0 });
  const packets = room.phones.map((phone) => {
    const came: string[] = [];
    phone.socket.io.engine.on('packet', ({ type, data }) => {
      if (type === 'message') came.push(String(data));
    });
    return came;
  });
  const ticksBefore = room.host.ticks().length;
  // Whether they are written is asked after them (R1): once for all that were taken together.
  const commands = await asked(
    () => Promise.all(room.phones.map((phone) => vote(phone, { cell: 1 }, { version: 2 }))),
    /"(ping|cr:probe)"/i,
  );
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.length, commands.join('\n')).toBeLessThanOrEqual(room.phones.length);
  for (const came of packets) {
    const acks = came.filter((packet) => /^3\d*\[/.test(packet));
    expect(acks).toHaveLength(1);
    expect(acks[0]!.length).toBeLessThan(40);
    expect(
      came.filter((packet) => !acks.includes(packet) && !packet.startsWith('2["tick"')),
    ).toEqual([]);
  }
  expect(room.host.ticks().length - ticksBefore).toBeLessThanOrEqual(2);
  room.close();
});

/** What passes between a phone and the server, heartbeats aside. */
function meter({ socket }: Face<ParticipantView>) {
  const seen = { sent: 0, frames: 0, ticks: 0, bytes: 0 };
  const text = (packet: { type: string; data?: unknown }) =>
    packet.type === 'message' ? String(packet.data) : '';
  socket.io.engine.on('packetCreate', (packet) => {
    seen.sent += Number(text(packet) !== '');
    seen.bytes += Buffer.byteLength(text(packet));
  });
  socket.io.engine.on('packet', (packet) => {
    const came = text(packet);
    if (came.startsWith('2["tick"')) seen.ticks += 1;
    else if (came !== '') seen.frames += 1;
    seen.bytes += Buffer.byteLength(came);
  });
  return seen;
}

test('a question costs each participant a ballot, an answer and a view per stage: 4 kB, however many they are', async () => {
  const costs = [];
  for (const people of [2, 12]) {
    const room = await openRoom(engine.app.url, people);
    await goTo(room.host, 'myth', 'ask');
    const settled = async () => {
      const { revision } = room.host.view();
      for (const face of room.others) await face.until((view) => view.revision === revision);
    };
    await settled();
    const meters = room.phones.map(meter);
    const before = room.host.view().revision;
    const since = Date.now();
    await pressNext(room.host);
    await settled();
    await Promise.all(room.phones.map((phone) => vote(phone, { cell: 1 })));
    while (room.host.view().round?.status !== 'closed') await pressNext(room.host);
    await pressNext(room.host);
    await settled();
    const stages = room.host.view().revision - before;
    expect(stages).toBeGreaterThan(1);
    for (const { sent, frames, ticks, bytes } of meters) {
      expect(sent).toBe(1);
      expect(frames).toBe(1 + stages);
      // A room is told of its counts every five seconds, and once more by the beat each node has of its own.
      expect(ticks).toBeLessThanOrEqual(2 * Math.ceil(1 + (Date.now() - since) / 5_000));
      expect(bytes - ticks * 200).toBeLessThan(4_096);
    }
    costs.push([meters[0]!.sent, meters[0]!.frames]);
    room.close();
  }
  expect(costs[0]).toEqual(costs[1]);
});

test('a step is encoded once for each audience and language, however many there are', async () => {
  const app = await startApp({
    env: { REDIS_URL: engine.redis!.url, CROSSROADS_SECRET: TEST_SECRET },
    entry: fileURLToPath(new URL('encoding-server.ts', import.meta.url)),
  });
  onTestFinished(app.stop);
  const made = await createSession(app.url);
  const hosts = await Promise.all([1, 2].map(() => connectHost(app.url, made.host)));
  const screens = await Promise.all([1, 2].map(() => connectScreen(app.url, made.screen)));
  const phones = await Promise.all(
    ['de', 'en', 'de', undefined].map(async (language) =>
      connectSeat(app.url, (await joinSeat(app.url, made.code)).seat, language),
    ),
  );
  const [host] = hosts;
  const since = app.output().length;
  await pressNext(host!);
  const { revision } = host!.view();
  const faces = [...hosts, ...screens, ...phones] as unknown as Face<ParticipantView>[];
  for (const face of faces) await face.until((view) => view.revision === revision);
  const encoded = app
    .output()
    .slice(since)
    .split('\n')
    .filter((line) => line.startsWith('encoded'));
  expect(encoded.toSorted()).toEqual(
    ['host en', 'participant de', 'participant en', 'screen en'].map((line) => `encoded ${line}`),
  );
  for (const face of faces) face.close();
});

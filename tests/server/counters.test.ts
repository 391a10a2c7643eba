/** Exact costs, free of noise: what crosses the wire and what Redis is asked, per person and per step. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type Engine } from '../setup/engines.ts';
import { connectHost, connectPeople, createSession, goTo, pressNext, vote } from '../setup/room.ts';
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

/** The commands that came while `work` was done; the beat's own are not among them. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  // Just after a beat: the next is seconds away.
  await sleep(5_000 - (Date.now() % 5_000) + 400);
  heard.length = 0;
  await work();
  await sleep(50);
  return heard.filter((line) => !ASIDE.test(line));
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
  await other.stop();
});

test('a ballot asks Redis at most once, is answered by one frame, and is broadcast to nobody', async () => {
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
  const commands = await asked(() =>
    Promise.all(room.phones.map((phone) => vote(phone, { cell: 1 }, { version: 2 }))),
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

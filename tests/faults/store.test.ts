/** Rows of the fault table about Redis: what people see and are promised while it fails (R1, R4). */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metric, startFleet, type Fleet } from '../setup/fleet.ts';
import { startRedis } from '../setup/redis.ts';
import { askSeat } from '../setup/key.ts';
import { command, createSession, post } from '../setup/room.ts';
import { account, CELLS, countedIn, meet, QUESTION, until, type Meeting } from './meeting.ts';
import { NO_MISCHIEF } from './mischief.ts';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ LOG_LEVEL: 'info' });
}, 60_000);
afterAll(() => fleet.stop());

const urls = () => fleet.nodes.map(({ url }) => url);
/** Half of the phones at each node. */
const meetOnBoth = (people: number) => meet(urls(), people, (at) => ({ urls: [urls()[at % 2]!] }));
const answerAll = ({ phones }: Meeting, mind = 0) =>
  phones.forEach((phone, at) => phone.answer(QUESTION, (at + mind) % CELLS));
const allCounted = ({ phones }: Meeting) =>
  until('all counted', () => phones.every((phone) => phone.state()?.is === 'counted'));

/** Speaks to Redis past the product. */
async function redisSays(...words: string[]): Promise<unknown> {
  const client = createClient({ url: fleet.redis.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

async function health(): Promise<{ status: string; store: boolean; ready: number; ms: number }> {
  const since = performance.now();
  const [{ url }] = fleet.nodes;
  const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)]);
  const said = (await alive.json()) as { status: string; store: boolean };
  return { ...said, ready: ready.status, ms: performance.now() - since };
}

async function accounted(meeting: Meeting): Promise<void> {
  await meeting.closeRound();
  const told = await account(meeting, await countedIn(fleet.redis.url, meeting.sid));
  expect(told).toEqual({ counted: meeting.phones.length, lost: 0, twice: 0, untrue: 0, notes: [] });
  meeting.hangUp();
}

describe('in the middle of a vote', () => {
  test('R2 ack dropped: the same answer on retry, counted once', async () => {
    let dropped = 0;
    const mischief = { ...NO_MISCHIEF, dropAck: () => dropped++ < 12 };
    const meeting = await meet(urls(), 12, (at) => ({ urls: [urls()[at % 2]!], mischief }));
    answerAll(meeting);
    await allCounted(meeting);
    expect(dropped).toBeGreaterThan(12);
    for (const { claims } of meeting.phones) expect([...claims.keys()]).toEqual([1]);
    await accounted(meeting);
  });

  test('R1 R4 Redis kill -9 and restart: nothing counted is lost, “saving…” meanwhile, goes on within 5 s', async () => {
    const meeting = await meetOnBoth(20);
    answerAll(meeting);
    await allCounted(meeting);
    await fleet.redis.kill('SIGKILL');
    answerAll(meeting, 1);
    await sleep(2_000);
    for (const phone of meeting.phones) expect(['saving', 'offline']).toContain(phone.state()?.is);
    for (const { claims } of meeting.phones) expect([...claims.keys()]).toEqual([1]);
    expect(await health()).toMatchObject({ status: 'degraded', store: false, ready: 503 });
    await fleet.redis.restart();
    const since = performance.now();
    await allCounted(meeting);
    expect(performance.now() - since).toBeLessThan(5_000);
    await accounted(meeting);
  }, 40_000);

  test('R4 Redis SIGSTOP 10 s: health answers at once and says degraded, commands fail within 2 s, the loop runs', async () => {
    const meeting = await meetOnBoth(10);
    const [node] = fleet.nodes;
    await metric(node, 'crossroads_nodejs_eventloop_lag_p99_seconds');
    await fleet.redis.kill('SIGSTOP');
    const stopped = performance.now();
    answerAll(meeting);
    const pressed = command(meeting.host, { do: 'lock', locked: true });
    const asked = askSeat(node.url, { room: meeting.code, nonce: 'A'.repeat(22) });
    const first = await health();
    expect(first).toMatchObject({ status: 'degraded', store: false, ready: 503 });
    expect(first.ms).toBeLessThan(1_000);
    expect(await pressed).toEqual({ ok: false, reason: 'try-again' });
    expect(await asked).toEqual({ ok: false, reason: 'try-again' });
    expect(performance.now() - stopped).toBeLessThan(2_500);
    expect(await metric(node, 'crossroads_store_up')).toBe(0);
    expect(await metric(node, 'crossroads_sessions')).toBeNaN();
    while (performance.now() - stopped < 10_000) {
      expect((await health()).ms).toBeLessThan(1_000);
      await sleep(500);
    }
    for (const { claims } of meeting.phones) expect(claims.size).toBe(0);
    expect(await metric(node, 'crossroads_nodejs_eventloop_lag_p99_seconds')).toBeLessThan(0.1);
    await fleet.redis.kill('SIGCONT');
    const since = performance.now();
    await allCounted(meeting);
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(await metric(node, 'crossroads_store_up')).toBe(1);
    expect(await metric(node, 'crossroads_sessions')).toBeGreaterThan(0);
    await accounted(meeting);
  }, 40_000);

  test.each([
    ['out of memory', ['maxmemory', '1'], ['maxmemory', '0']],
    ['read-only', ['min-replicas-to-write', '1'], ['min-replicas-to-write', '0']],
  ])('R4 Redis %s: no false “counted”; goes on when it can be written', async (_, spoil, mend) => {
    const meeting = await meetOnBoth(6);
    answerAll(meeting);
    await allCounted(meeting);
    await redisSays('CONFIG', 'SET', ...spoil);
    answerAll(meeting, 1);
    await sleep(700);
    for (const phone of meeting.phones) expect(phone.state()).toEqual({ is: 'saving', counted: 1 });
    expect(await health()).toMatchObject({ status: 'degraded', store: false, ready: 503 });
    expect(await metric(fleet.nodes[0], 'crossroads_store_up')).toBe(0);
    expect((await post(`${urls()[0]}/api/sessions`, {})).status).toBe(400);
    await expect(createSession(urls()[0]!)).rejects.toThrow('try-again');
    await redisSays('CONFIG', 'SET', ...mend);
    await allCounted(meeting);
    await accounted(meeting);
  });

  test('R1 R4 Redis’ disk is full: the first write that does not fit is answered, and not called counted', async () => {
    const meeting = await meetOnBoth(6);
    answerAll(meeting);
    await allCounted(meeting);
    // Only what has left its memory shows in the size of the file.
    await sleep(50);
    fleet.redis.fillDisk();
    answerAll(meeting, 1);
    await sleep(700);
    for (const phone of meeting.phones) expect(phone.state()).toEqual({ is: 'saving', counted: 1 });
    expect(await health()).toMatchObject({ status: 'degraded', store: false, ready: 503 });
    // Killed like this it forgets what it had only acknowledged: nobody has seen more than it keeps.
    await fleet.redis.restart();
    await allCounted(meeting);
    await accounted(meeting);
  }, 40_000);

  test('R1 R4 Redis fails over: every connection is killed, the server is a replica for a while, then promoted', async () => {
    const replica = await startRedis({ appendonly: true });
    const meeting = await meetOnBoth(10);
    answerAll(meeting);
    await allCounted(meeting);
    await redisSays('REPLICAOF', '127.0.0.1', String(replica.port));
    await redisSays('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await redisSays('CLIENT', 'KILL', 'TYPE', 'pubsub');
    answerAll(meeting, 1);
    await sleep(300);
    await redisSays('REPLICAOF', 'NO', 'ONE');
    await sleep(100);
    // Whichever data the new master has, phones and store agree in the end: nothing is claimed that is not so.
    const ended = () => meeting.phones.every((phone) => phone.ended());
    const counted = () => meeting.phones.every((phone) => phone.state()?.is === 'counted');
    await until('they go on, or hear that the room has gone', () => ended() || counted());
    if (!ended()) await accounted(meeting);
    else meeting.hangUp();
    await replica.stop();
  }, 40_000);

  test('R4 Redis wiped: “this room has ended” for those who held a seat', async () => {
    const meeting = await meetOnBoth(6);
    answerAll(meeting);
    await allCounted(meeting);
    await redisSays('FLUSHALL');
    await until('all have heard', () => meeting.phones.every((phone) => phone.ended()));
    meeting.hangUp();
  }, 30_000);
});

test('S8 R4 through all of this no node printed a stack, a room, a code or an address', () => {
  for (const node of fleet.nodes) {
    const lines = node
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(0);
    const fields = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line) as object)));
    for (const field of fields)
      expect(['level', 'time', 'event', 'room', 'code', 'at']).toContain(field);
    expect(node.output()).not.toMatch(/^\s+at /m);
  }
});

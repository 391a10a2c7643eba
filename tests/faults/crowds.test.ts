/** Rows of the fault table with many phones: a node is killed under them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { metric, startProxied, type ProxiedFleet } from '../setup/fleet.ts';
import { connectWire, type WireFace } from '../hostile/wire.ts';
import { createSession, joinSeat } from '../setup/room.ts';
import { account, CELLS, countedIn, meet, QUESTION, until } from './meeting.ts';

// A fleet for each: a node that comes back takes over some of the next room's phones.
let fleet: ProxiedFleet;
beforeEach(async () => {
  fleet = await startProxied({ MAX_SEATS: '2500' });
}, 60_000);
afterEach(() => fleet.stop());

/** The node that serves the room now. */
async function busyNode() {
  const [one, two] = fleet.nodes;
  return (await metric(one, 'crossroads_sockets')) > 0 ? one : two;
}

const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN;

test('R1 R2 app node kill -9 while 200 phones send ballots: each counted once, all back within 5 s, nobody rejoins', async () => {
  const { proxy, redis } = fleet;
  const meeting = await meet([proxy.url], 200, () => ({ urls: [proxy.url] }));
  const node = await busyNode();
  const before = meeting.phones.map((phone) => phone.welcomes());
  // Half of them are answered, the others are on their way when it dies.
  meeting.phones.slice(0, 100).forEach((phone, at) => phone.answer(QUESTION, at % CELLS));
  await until('some are counted', () => meeting.phones.some(({ claims }) => claims.size > 0));
  meeting.phones.slice(100).forEach((phone, at) => phone.answer(QUESTION, at % CELLS));
  const killed = performance.now();
  await node.kill('SIGKILL');
  const away = await Promise.all(
    meeting.phones.map(async (phone, at) => {
      await until('back', () => phone.welcomes() > before[at]!);
      return performance.now() - killed;
    }),
  );
  expect(percentile(away, 0.99)).toBeLessThan(5_000);
  await until('all counted', () =>
    meeting.phones.every((phone) => phone.state()?.is === 'counted'),
  );
  expect(meeting.phones.flatMap(({ refusals }) => refusals)).toEqual([]);
  await meeting.closeRound();
  expect(meeting.host.view().counts.seats).toBe(200);
  const told = await account(meeting, await countedIn(redis.url, meeting.sid));
  expect(told).toEqual({ counted: 200, lost: 0, twice: 0, untrue: 0, notes: [] });
  meeting.hangUp();
}, 60_000);

test('R5 2,000 reconnects at once: p99 < 5 s, no crash', async () => {
  const { url } = fleet.proxy;
  const { code } = await createSession(url);
  const seats: string[] = [];
  const coming = Array.from({ length: 40 }, async () => {
    while (seats.length < 2_000) seats.push((await joinSeat(url, code)).seat);
  });
  await Promise.all(coming);
  const people = seats.slice(0, 2_000);
  const connect = (seat: string) => connectWire(url, 'participant', seat, false);
  const inTurn = [...people];
  const phones: WireFace[] = [];
  const entering = Array.from({ length: 100 }, async () => {
    for (let seat = inTurn.pop(); seat; seat = inTurn.pop()) phones.push(await connect(seat));
  });
  await Promise.all(entering);
  const node = await busyNode();
  const [other] = fleet.nodes.filter((each) => each !== node);
  const away = phones.map(async (phone, at) => {
    await phone.gone;
    const since = performance.now();
    // As the product's own line does.
    for (let pause = 300; ; pause = Math.min(2_500, pause * 2)) {
      await sleep(pause * (0.3 + 1.4 * Math.random()));
      const back = await connect(people[at]!).catch(() => null);
      if (back) return { back, ms: performance.now() - since };
    }
  });
  await node.kill('SIGKILL');
  const all = await Promise.all(away);
  expect(
    percentile(
      all.map(({ ms }) => ms),
      0.99,
    ),
  ).toBeLessThan(5_000);
  expect(await metric(other!, 'crossroads_sockets')).toBe(2_000);
  all.forEach(({ back }) => back.close());
}, 60_000);

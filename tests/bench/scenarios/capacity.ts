/**
 * What one machine carries: rooms of 25 at work for a while. Each room sees a change every ten seconds
 * and everybody votes once in twenty, busier than any workshop is.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { alone } from '../figures.ts';
import { startNodes } from '../processes.ts';
import { goTo, nonce, openRoom, type Room } from '../room.ts';
import { repeat, type Scenario } from './scenario.ts';

const PEOPLE = 25;
const WHILE_MS = 20_000;
const CHANGES = 2;
/** A machine that is busier than this makes people wait now and then. */
const BUSY = 0.7;
const KIB_PER_GIB = 1024 * 1024;

export const capacity: Scenario = async ({ quick, say }) => {
  const rooms = quick ? 20 : 80;
  const name = `${rooms} rooms of ${PEOPLE} at work, redis`;
  say(`${name}: filling`);
  const [node] = await startNodes('redis');
  if (!node) throw new Error('no node');
  // Code that runs for the first time takes memory too.
  await work(await openRoom([node.port], PEOPLE), 1, 1_000);
  const empty = await node.usage(true);
  const opened: Room[] = [];
  for (let index = 0; index < rooms; index += 1) opened.push(await openRoom([node.port], PEOPLE));
  const phones = rooms * PEOPLE;
  const cores = await repeat(quick ? 1 : 3, async (index) => {
    say(`${name}: ${index + 1}`);
    const before = await node.usage();
    await Promise.all(opened.map((room) => work(room, index + 1, WHILE_MS)));
    const after = await node.usage();
    return (after.cpuMs - before.cpuMs) / WHILE_MS;
  });
  const full = await node.usage(true);
  await node.stop();
  const kib = (full.rss - empty.rss) / 1024 / phones;
  return [
    alone(name, 'MiB resident before anybody came', [empty.rss / 1024 / 1024], null),
    alone(name, 'KiB resident per phone', [kib], null),
    alone(name, 'phones per GiB', [KIB_PER_GIB / kib], null),
    alone(name, 'cores in use', cores, null),
    alone(
      name,
      `phones per core, ${BUSY * 100} % busy`,
      cores.map((core) => (phones / core) * BUSY),
      null,
    ),
    alone(
      name,
      `rooms per core, ${BUSY * 100} % busy`,
      cores.map((core) => (rooms / core) * BUSY),
      null,
    ),
  ];
};

/** A timer is a change like any other: a new view for everybody. */
async function work({ host, phones }: Room, version: number, ms: number): Promise<void> {
  if (host.view().round?.status !== 'open') await goTo(host, 'assessment', 'open');
  const question = host.view().round?.question ?? '';
  const until = performance.now() + ms;
  const changes = Array.from({ length: CHANGES }, async (_, at) => {
    await sleep((ms / CHANGES) * (at + Math.random()));
    await host.command({ do: 'timer', seconds: 60 + at });
  });
  const votes = phones.map(async (phone, person) => {
    await sleep(ms * Math.random());
    const marks = Array.from({ length: 12 }, (_, at) => (at + person) % 3);
    const choice = { lean: person % 5, marks };
    await phone.ballot({ question, version, nonce: nonce(), choice });
  });
  await Promise.all([...changes, ...votes]);
  await sleep(Math.max(0, until - performance.now()));
}

/** Two nodes on one Redis: a room on one of them, on both, and a node that has nothing to do with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { alone, type Figure } from '../figures.ts';
import { startNodes, type Measured } from '../processes.ts';
import { moveTo, openRoom, type Room } from '../room.ts';
import { repeat, type Scenario } from './scenario.ts';

const STEPS = 20;
const REST_MS = 1_000;

export const nodes: Scenario = async ({ quick, times, say }) => {
  const people = quick ? 200 : 1_000;
  const name = `two nodes, ${people} phones, redis`;
  say(`${name}: filling`);
  const [one, two] = await startNodes('redis', 2);
  if (!one || !two) throw new Error('no nodes');
  const together = await openRoom([one.port], people);
  const apart = await openRoom([one.port, two.port], people);
  const rounds = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    return { together: await walk(together, one, two), apart: await walk(apart, one, two) };
  });
  await Promise.all([one.stop(), two.stop()]);
  const figures: Figure[] = [
    alone(
      name,
      'CPU ms per step, room on one node',
      sum(rounds.map((round) => round.together)),
      null,
    ),
    alone(name, 'CPU ms per step, room on both', sum(rounds.map((round) => round.apart)), null),
    alone(
      name,
      'CPU ms per step of the node without the room',
      rounds.map(({ together }) => together.other),
      0.05,
    ),
  ];
  return figures;
};

const sum = (walks: { here: number; other: number }[]) =>
  walks.map(({ here, other }) => here + other);

async function walk({ host }: Room, one: Measured, two: Measured) {
  const { agenda } = host.view();
  const stops = agenda.filter(({ kind }) => kind === 'story' || kind === 'points');
  // What the other does in the same time without a step, heartbeats for one, is not the steps'.
  const resting = await two.usage();
  await sleep(REST_MS);
  const restMs = (await two.usage()).cpuMs - resting.cpuMs;
  const since = performance.now();
  const before = await Promise.all([one.usage(), two.usage()]);
  for (let step = 0; step < STEPS; step += 1) {
    const to = stops[step % 2]!.landing!;
    await moveTo(host, to);
  }
  const after = await Promise.all([one.usage(), two.usage()]);
  const aside = (restMs / REST_MS) * (performance.now() - since);
  return {
    here: (after[0].cpuMs - before[0].cpuMs) / STEPS,
    other: Math.max(0, after[1].cpuMs - before[1].cpuMs - aside) / STEPS,
  };
}

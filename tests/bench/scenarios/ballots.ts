/** Everybody answers within ten seconds, or at once: validated, sealed, stored, acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BallotCommand } from '#protocol/messages.ts';
import { compared, alone, percentile, type Figure } from '../figures.ts';
import {
  startNodes,
  startReference,
  startStoring,
  type EngineName,
  type Measured,
} from '../processes.ts';
import { goTo, inBatches, nonce, openRoom } from '../room.ts';
import { openWire } from '../wire.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

/** Sends one person's ballot; resolves when it is answered. */
type Send = (person: number) => Promise<unknown>;

type Side = 'product' | 'raw' | 'stored';

/** Everybody again and again, well within a phone's allowance: one burst alone is over before it can be measured. */
const BURSTS = 4;
/** What lies between two of a phone's heartbeats. */
const HEARTBEAT_MS = 15_000;

interface Round {
  cpuMs: number;
  times: number[];
}

export const ballots: Scenario = async (setting) => {
  const figures: Figure[] = [];
  for (const engine of setting.engines) figures.push(...(await onEngine(setting, engine)));
  return figures;
};

async function onEngine({ quick, times, say }: Setting, engine: EngineName): Promise<Figure[]> {
  const people = quick ? 300 : 1_000;
  const seconds = quick ? 3 : 10;
  const name = `${people} ballots in ${seconds} s, ${engine}`;
  say(`${name}: filling`);
  const [node] = await startNodes(engine);
  if (!node) throw new Error('no node');
  const [raw, stored] = await Promise.all([startReference('echo'), startStoring('echo')]);
  const sides: Record<Side, [Measured, Send]> = {
    product: [node, await voters(node, people, quick ? 0 : HEARTBEAT_MS)],
    raw: [raw, await echoes(raw, people)],
    stored: [stored, await echoes(stored, people)],
  };
  // Code that runs for the first time is slow, on all sides.
  for (const [server, send] of Object.values(sides)) await burstRound(server, send, people);
  const paced = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    return together(([server, send]) => pacedRound(server, send, people, seconds), sides);
  });
  const burst = `${people} ballots at once, ${engine}`;
  const saturated = await repeat(times, async (index) => {
    say(`${burst}: ${index + 1} of ${times}`);
    // Back in everybody's allowance, and past the work that follows the ballots.
    await sleep(1_000);
    const product = await burstRound(...sides.product, people);
    const reference = await burstRound(...sides.raw, people);
    return { product, raw: reference, stored: await burstRound(...sides.stored, people) };
  });
  await Promise.all(Object.values(sides).map(([server]) => server.stop()));
  const cpu = (rounds: Record<Side, Round>[], to: Side = 'raw') =>
    rounds.map((of) => ({ product: of.product.cpuMs, raw: of[to].cpuMs }));
  const p = (rounds: typeof paced, share: number) =>
    rounds.map(({ product }) => percentile(product.times, share));
  const beside = 'the same, raw echo of what is stored';
  return [
    compared(name, 'server CPU ms per ballot', cpu(paced), 1.7),
    compared(name, beside, cpu(paced, 'stored'), null),
    alone(name, 'p50 ms until counted', p(paced, 0.5), null),
    alone(name, 'p99 ms until counted', p(paced, 0.99), 50),
    compared(burst, 'server CPU ms per ballot', cpu(saturated), 2.3),
    compared(burst, beside, cpu(saturated, 'stored'), null),
    alone(burst, 'p99 ms until counted', p(saturated, 0.99), null),
  ];
}

/** In the same seconds, so that what else the machine does meets them alike. */
async function together(
  round: (side: [Measured, Send]) => Promise<Round>,
  { product, raw, stored }: Record<Side, [Measured, Send]>,
): Promise<Record<Side, Round>> {
  const rounds = await Promise.all([round(product), round(raw), round(stored)]);
  return { product: rounds[0], raw: rounds[1], stored: rounds[2] };
}

async function pacedRound(
  server: Measured,
  send: Send,
  people: number,
  seconds: number,
): Promise<Round> {
  const idle = await idleMs(server, seconds * 1_000);
  const before = await server.usage();
  const times: number[] = [];
  const gap = (seconds * 1_000) / people;
  const since = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let person = 0; person < people; person += 1) {
    const wait = since + person * gap - performance.now();
    if (wait > 0.5) await sleep(wait);
    const at = performance.now();
    sent.push(send(person).then(() => times.push(performance.now() - at)));
  }
  await Promise.all(sent);
  const after = await server.usage();
  return { cpuMs: Math.max(0, after.cpuMs - before.cpuMs - idle) / people, times };
}

/** What the server uses in `ms` without a ballot (heartbeats, beats), told from a shorter look. */
async function idleMs(server: Measured, ms: number): Promise<number> {
  const look = Math.min(ms / 3, 2_000);
  const before = await server.usage();
  await sleep(look);
  const after = await server.usage();
  return (after.cpuMs - before.cpuMs) * (ms / look);
}

async function burstRound(server: Measured, send: Send, people: number): Promise<Round> {
  const before = await server.usage();
  const times: number[] = [];
  await repeat(BURSTS, async () => {
    const at = performance.now();
    await Promise.all(
      Array.from({ length: people }, (_, person) =>
        send(person).then(() => times.push(performance.now() - at)),
      ),
    );
  });
  const after = await server.usage();
  return { cpuMs: (after.cpuMs - before.cpuMs) / people / BURSTS, times };
}

/** The assessment's ballot is the largest; every phone changes its mind each time. */
function ballotOf(question: string, version: number): BallotCommand {
  const marks = Array.from({ length: 12 }, (_, at) => (at + version) % 3);
  return { question, version, nonce: nonce(), choice: { lean: version % 5, marks } };
}

async function voters(node: Measured, people: number, withinMs: number): Promise<Send> {
  // Heartbeats are as far apart as arrivals were: spread, a short look at an idle server sees their share.
  const { host, phones } = await openRoom([node.port], people, undefined, withinMs);
  await goTo(host, 'assessment', 'open');
  const question = host.view().round?.question ?? '';
  const versions = phones.map(() => 0);
  return async (person) => {
    versions[person]! += 1;
    const reply = await phones[person]!.ballot(ballotOf(question, versions[person]!));
    if (!reply.includes('"ok":true')) throw new Error(`refused: ${reply}`);
  };
}

async function echoes(raw: Measured, people: number): Promise<Send> {
  const waiting: ((value: unknown) => void)[] = [];
  const wires = await inBatches(
    Array.from({ length: people }, (_, person) => person),
    (person) => openWire(raw.port, '/', () => waiting[person]?.(null)),
  );
  let id = 0;
  return (person) =>
    new Promise((resolve) => {
      id += 1;
      waiting[person] = resolve;
      wires[person]!.send(JSON.stringify({ id, command: ballotOf('assessment', id) }));
    });
}

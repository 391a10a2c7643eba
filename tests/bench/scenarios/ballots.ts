/** Everybody answers within ten seconds, or at once: validated, sealed, stored, acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BallotCommand } from '#protocol/messages.ts';
import { compared, alone, percentile, type Figure } from '../figures.ts';
import { startNodes, startReference, type EngineName, type Measured } from '../processes.ts';
import { goTo, inBatches, nonce, openRoom } from '../room.ts';
import { openWire } from '../wire.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

/** Sends one person's ballot; resolves when it is answered. */
type Send = (person: number) => Promise<unknown>;

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
  const raw = await startReference('echo');
  if (!node) throw new Error('no node');
  const ours = await voters(node, people);
  const theirs = await echoes(raw, people);
  const paced = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    const [product, reference] = await Promise.all([
      pacedRound(node, ours, people, seconds),
      pacedRound(raw, theirs, people, seconds),
    ]);
    return { product, reference };
  });
  const burst = `${people} ballots at once, ${engine}`;
  const saturated = await repeat(times, async (index) => {
    say(`${burst}: ${index + 1} of ${times}`);
    // Back in everybody's allowance, and past the work that follows the ballots.
    await sleep(1_000);
    const product = await burstRound(node, ours, people);
    return { product, reference: await burstRound(raw, theirs, people) };
  });
  await Promise.all([node.stop(), raw.stop()]);
  const cpu = (rounds: typeof paced) =>
    rounds.map(({ product, reference }) => ({ product: product.cpuMs, raw: reference.cpuMs }));
  const p = (rounds: typeof paced, share: number) =>
    rounds.map(({ product }) => percentile(product.times, share));
  return [
    compared(name, 'server CPU ms per ballot', cpu(paced), 1.7),
    alone(name, 'p50 ms until counted', p(paced, 0.5), null),
    alone(name, 'p99 ms until counted', p(paced, 0.99), 50),
    compared(burst, 'server CPU ms per ballot', cpu(saturated), 2.3),
    alone(burst, 'p99 ms until counted', p(saturated, 0.99), null),
  ];
}

async function pacedRound(server: Measured, send: Send, people: number, seconds: number) {
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
  const look = Math.min(ms, 2_000);
  const before = await server.usage();
  await sleep(look);
  const after = await server.usage();
  return (after.cpuMs - before.cpuMs) * (ms / look);
}

async function burstRound(server: Measured, send: Send, people: number): Promise<Round> {
  const before = await server.usage();
  const at = performance.now();
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: people }, (_, person) =>
      send(person).then(() => times.push(performance.now() - at)),
    ),
  );
  const after = await server.usage();
  return { cpuMs: (after.cpuMs - before.cpuMs) / people, times };
}

/** The assessment's ballot is the largest; every phone changes its mind each time. */
function ballotOf(question: string, version: number): BallotCommand {
  const marks = Array.from({ length: 12 }, (_, at) => (at + version) % 3);
  return { question, version, nonce: nonce(), choice: { lean: version % 5, marks } };
}

async function voters(node: Measured, people: number): Promise<Send> {
  const { host, phones } = await openRoom([node.port], people);
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

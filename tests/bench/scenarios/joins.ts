/** Everybody joins at once, seat and first view included; and what one who sits there and waits weighs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seatIn } from '../../setup/key.ts';
import { createSession } from '../../setup/room.ts';
import { connectFace } from '../faces.ts';
import { alone, compared, percentile, type Figure } from '../figures.ts';
import { startNodes, startReference, type EngineName, type Measured } from '../processes.ts';
import { openRoom } from '../room.ts';
import { openWire } from '../wire.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

interface Closable {
  close: () => void;
}
type Enter = () => Promise<Closable>;

export const joins: Scenario = async (setting) => {
  const figures: Figure[] = [];
  for (const engine of setting.engines) figures.push(...(await onEngine(setting, engine)));
  return figures;
};

async function onEngine({ quick, times, say }: Setting, engine: EngineName): Promise<Figure[]> {
  const people = quick ? 300 : 2_000;
  const name = `${people} phones join at once, ${engine}`;
  const [node] = await startNodes(engine);
  const raw = await startReference('frames');
  if (!node) throw new Error('no node');
  // A first view of the same size as the product's.
  const sample = await openRoom([node.port], 5);
  raw.tell({ text: sample.phones[0]!.text });
  sample.close();
  const rounds = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    const { code } = await createSession(`http://127.0.0.1:${node.port}`);
    const seats: string[] = [];
    const ours = await rush(node, people, async () => {
      const face = await connectFace(node.port, 'participant', seatIn(code));
      seats.push(face.credential);
      return face;
    });
    // The sockets alone, as when a node died and all of its phones come to this one.
    const back = await rush(node, people, () =>
      connectFace(node.port, 'participant', seats.pop() ?? ''),
    );
    const theirs = await rush(raw, people, () => entered(raw.port));
    return { ours, back, theirs };
  });
  await Promise.all([node.stop(), raw.stop()]);
  const cpu = (which: 'ours' | 'back') =>
    rounds.map((round) => ({ product: round[which].cpuMs, raw: round.theirs.cpuMs }));
  const p99 = (which: 'ours' | 'back') =>
    rounds.map((round) => percentile(round[which].times, 0.99));
  const again = `${people} phones come back at once, ${engine}`;
  return [
    compared(name, 'server CPU ms per phone', cpu('ours'), 2.5),
    alone(name, 'p99 ms until the first view', p99('ours'), null),
    compared(again, 'server CPU ms per phone', cpu('back'), null),
    alone(again, 'p99 ms until the first view', p99('back'), 5_000),
  ];
}

/** A raw socket that has its first text. */
async function entered(port: number): Promise<Closable> {
  let came: () => void = () => undefined;
  const text = new Promise<void>((resolve) => (came = resolve));
  const wire = await openWire(port, '/', () => came());
  await text;
  return wire;
}

async function rush(server: Measured, people: number, enter: Enter) {
  const before = await server.usage();
  const since = performance.now();
  const times: number[] = [];
  const here = await Promise.all(
    Array.from({ length: people }, async () => {
      const face = await enter();
      times.push(performance.now() - since);
      return face;
    }),
  );
  const after = await server.usage();
  for (const face of here) face.close();
  // They leave in the time of the next measurement, not in this one.
  await sleep(500);
  await server.usage();
  return { cpuMs: (after.cpuMs - before.cpuMs) / people, times };
}

const KIB = 1024;

/** Memory of a phone that has its view and waits. */
export const idle: Scenario = async ({ quick, times, say }) => {
  const people = quick ? 300 : 1_000;
  const name = `${people} phones sit and wait, redis`;
  const [node] = await startNodes('redis');
  const raw = await startReference('frames');
  if (!node) throw new Error('no node');
  // What is made once, with the first phones, is nobody's weight.
  const first = await openRoom([node.port], 100);
  raw.tell({ text: first.phones[0]!.text });
  await Promise.all(first.phones.map(() => entered(raw.port)));
  const { code } = first;
  const rounds = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    const ours = await weigh(node, people, () =>
      connectFace(node.port, 'participant', seatIn(code)),
    );
    return { ours, theirs: await weigh(raw, people, () => entered(raw.port)) };
  });
  await Promise.all([node.stop(), raw.stop()]);
  const resident = (which: 'ours' | 'theirs') => rounds.map((round) => round[which].rss);
  return [
    alone(
      name,
      'KiB held per phone',
      rounds.map(({ ours }) => ours.held),
      24,
    ),
    alone(
      name,
      'KiB held per raw socket',
      rounds.map(({ theirs }) => theirs.held),
      null,
    ),
    alone(name, 'KiB resident per phone', resident('ours'), null),
    alone(name, 'KiB resident per raw socket', resident('theirs'), null),
  ];
};

async function weigh(server: Measured, people: number, enter: Enter) {
  const before = await settled(server);
  // They stay: each repetition adds as many.
  for (let left = people; left > 0; left -= 50)
    await Promise.all(Array.from({ length: Math.min(50, left) }, enter));
  const after = await settled(server);
  return {
    held: (after.held - before.held) / people / KIB,
    rss: (after.rss - before.rss) / people / KIB,
  };
}

/** After the work that follows an arrival, and without garbage. */
async function settled(server: Measured) {
  await sleep(500);
  await server.usage(true);
  await sleep(100);
  return server.usage(true);
}

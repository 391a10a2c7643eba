/** A step change to everyone in the room, beside one frame written to as many raw sockets. */
import { compared, median, percentile, type Figure } from '../figures.ts';
import { startNodes, startReference, type EngineName, type Measured } from '../processes.ts';
import { inBatches, moveTo, openRoom, type Room } from '../room.ts';
import { openWire, type Wire } from '../wire.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

const STEPS = 8;
/** Steps without a question; each has a view of another size. */
const KINDS = ['welcome', 'compare', 'story', 'points', 'discussion', 'closing'];

/** One change of step in every room at once: the time in ms until each phone had it. */
type Step = () => Promise<number[]>;

interface Round {
  cpuMs: number;
  p50: number;
  p99: number;
}

export const steps: Scenario = async (setting) => {
  const { quick, engines } = setting;
  const figures: Figure[] = [];
  for (const engine of engines) {
    figures.push(...(await crowd(setting, engine, 1, 1_000)));
    if (!quick) figures.push(...(await crowd(setting, engine, 1, 5_000)));
    figures.push(...(await crowd(setting, engine, quick ? 40 : 200, 25)));
  }
  return figures;
};

async function crowd(
  { times, say }: Setting,
  engine: EngineName,
  rooms: number,
  people: number,
): Promise<Figure[]> {
  const name = `step change, ${rooms === 1 ? '' : `${rooms} rooms of `}${people} phones, ${engine}`;
  say(`${name}: filling`);
  const [node] = await startNodes(engine);
  const raw = await startReference('frames');
  const loop = rooms === 1 ? await startReference('socketio') : null;
  if (!node) throw new Error('no node');
  const product = await productRooms(node, rooms, people);
  const reference = await rawRooms(raw, rooms, people);
  const { text } = product;
  // Code that runs for the first time is slow, on both sides.
  await round(node, product.step);
  raw.tell({ text: text() });
  await round(raw, reference);
  const pairs = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    const ours = await round(node, product.step);
    raw.tell({ text: text() });
    return { ours, theirs: await round(raw, reference) };
  });
  await Promise.all([node.stop(), raw.stop(), loop?.stop()]);
  const of = (what: keyof Round) =>
    pairs.map(({ ours, theirs }) => ({ product: ours[what], raw: theirs[what] }));
  return [
    compared(name, 'server CPU ms per step', of('cpuMs'), 1.25),
    compared(name, 'p50 ms until a phone has it', of('p50'), null),
    compared(name, 'p99 ms until a phone has it', of('p99'), 1.25),
  ];
}

async function round(server: Measured, step: Step): Promise<Round> {
  const before = await server.usage();
  const times = (await repeat(STEPS, step)).flat();
  const after = await server.usage();
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / STEPS,
    p50: median(times),
    p99: percentile(times, 0.99),
  };
}

/** Waits for a view on each of `count` phones. */
function gate(count: number) {
  let times: number[] = [];
  let since = 0;
  let done: (times: number[]) => void = () => undefined;
  return {
    came: () => {
      times.push(performance.now() - since);
      if (times.length === count) done(times);
    },
    next: () => {
      times = [];
      since = performance.now();
      return new Promise<number[]>((resolve) => (done = resolve));
    },
  };
}

async function productRooms(node: Measured, rooms: number, people: number) {
  const all = gate(rooms * people);
  const opened: Room[] = [];
  for (let index = 0; index < rooms; index += 1)
    opened.push(await openRoom([node.port], people, all.came));
  const [first] = opened;
  const { agenda } = first!.host.view();
  const stops = agenda.filter(({ kind }) => KINDS.includes(kind)).map(({ landing }) => landing!);
  let at = 0;
  const step: Step = async () => {
    at = (at + 1) % stops.length;
    const everyone = all.next();
    await Promise.all(opened.map(({ host }) => moveTo(host, stops[at]!)));
    return everyone;
  };
  // What a phone's view weighs: the host's own is larger.
  return { step, text: () => first!.phones[0]!.text };
}

async function rawRooms(raw: Measured, rooms: number, people: number): Promise<Step> {
  const all = gate(rooms * people);
  const starters: Wire[] = [];
  for (let index = 0; index < rooms; index += 1) {
    const [starter] = await inBatches(Array.from({ length: people }), () =>
      openWire(raw.port, `/${index}`, all.came),
    );
    starters.push(starter!);
  }
  return () => {
    const everyone = all.next();
    for (const starter of starters) starter.send('step');
    return everyone;
  };
}

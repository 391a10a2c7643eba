/**
 * A step change to everyone in the room, beside one frame written to as many raw sockets, the same after
 * one stored command, and what one would write without thinking.
 */
import type { HostCommand } from '#protocol/messages.ts';
import { connectFace, type Face } from '../faces.ts';
import { alone, compared, median, percentile, type Figure } from '../figures.ts';
import {
  startNodes,
  startReference,
  startStoring,
  type EngineName,
  type Measured,
} from '../processes.ts';
import { inBatches, moveTo, openRoom, type Room } from '../room.ts';
import { openWire, type Wire } from '../wire.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

/** Enough that neither a short round's noise nor code that is not yet compiled tells the figure; in a quick run too few. */
const STEPS = { quick: 12, whole: 40 };
/** Steps without a question; each has a view of another size. */
const KINDS = ['welcome', 'compare', 'story', 'points', 'discussion', 'closing'];

/** One change of step in every room at once: the time in ms until each phone had it. */
type Step = () => Promise<number[]>;

type Side = 'product' | 'raw' | 'stored' | 'loop';
/** The process that makes the load may have 20,000 sockets open. */
const MOST_LOOPED = 1_000;

const COMMAND: HostCommand = {
  do: 'move',
  from: { step: 'welcome', stage: 'show' },
  to: { step: 'a-story-of-a-week', stage: 'show' },
};
const STORED = JSON.stringify({ id: 1, command: COMMAND });

type Rounds = Record<Exclude<Side, 'loop'>, Round> & { loop?: Round };

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
  { quick, times, say }: Setting,
  engine: EngineName,
  rooms: number,
  people: number,
): Promise<Figure[]> {
  const name = `step change, ${rooms === 1 ? '' : `${rooms} rooms of `}${people} phones, ${engine}`;
  say(`${name}: filling`);
  const [node] = await startNodes(engine);
  if (!node) throw new Error('no node');
  const product = await productRooms(node, rooms, people);
  const sides: [Side, Measured, Step][] = [
    ['product', node, product.step],
    ...(await references(rooms, people)),
  ];
  const all = async () => {
    const rounds: Partial<Record<Side, Round>> = {};
    for (const [side, server, step] of sides) {
      // What a phone's view weighs now: the host's own is larger.
      if (server !== node) server.tell({ text: product.text() });
      rounds[side] = await round(server, step, quick ? STEPS.quick : STEPS.whole);
    }
    return rounds as Rounds;
  };
  // Code that runs for the first time is slow, on all sides.
  await all();
  const rounds = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    return all();
  });
  await Promise.all(sides.map(([, server]) => server.stop()));
  const pairs = (what: keyof Round, to: 'raw' | 'stored' = 'raw') =>
    rounds.map((of) => ({ product: of.product[what], raw: of[to][what] }));
  const loops = rounds.flatMap(({ loop, raw }) => (loop ? [loop.cpuMs / raw.cpuMs] : []));
  return [
    compared(name, 'server CPU ms per step', pairs('cpuMs'), 1.25),
    compared(name, 'the same, raw after one stored command', pairs('cpuMs', 'stored'), null),
    ...(loops.length > 0 ? [alone(name, 'plain Socket.IO loop, times raw', loops, null)] : []),
    compared(name, 'p50 ms until a phone has it', pairs('p50'), null),
    compared(name, 'p99 ms until a phone has it', pairs('p99'), 1.25),
  ];
}

/** Raw frames; the same after a stored command; and, for not too many, a loop of Socket.IO's emit. */
async function references(rooms: number, people: number): Promise<[Side, Measured, Step][]> {
  const [raw, stored] = await Promise.all([startReference('frames'), startStoring('frames')]);
  const sides: [Side, Measured, Step][] = [
    ['raw', raw, await rawRooms(raw, rooms, people)],
    ['stored', stored, await rawRooms(stored, rooms, people, STORED)],
  ];
  if (rooms * people > MOST_LOOPED) return sides;
  const loop = await startReference('socketio');
  return [...sides, ['loop', loop, await loopRooms(loop, rooms, people)]];
}

async function round(server: Measured, step: Step, count: number): Promise<Round> {
  const before = await server.usage();
  const times = (await repeat(count, step)).flat();
  const after = await server.usage();
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / count,
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
  return { step, text: () => first!.phones[0]!.text };
}

/** @param command what a step says */
async function rawRooms(
  raw: Measured,
  rooms: number,
  people: number,
  command = 'step',
): Promise<Step> {
  const all = gate(rooms * people);
  const starters: Wire[] = [];
  for (let index = 0; index < rooms; index += 1) {
    const [starter] = await inBatches(Array.from({ length: people }), () =>
      openWire(raw.port, `/${index}`, (bytes, from) => {
        // A view, not the answer to a command.
        if (bytes[from] === FRAME) all.came();
      }),
    );
    starters.push(starter!);
  }
  return () => {
    const everyone = all.next();
    for (const starter of starters) starter.send(command);
    return everyone;
  };
}
const FRAME = '4'.charCodeAt(0);

async function loopRooms(loop: Measured, rooms: number, people: number): Promise<Step> {
  const all = gate(rooms * people);
  const hosts: Face[] = [];
  for (let index = 0; index < rooms; index += 1) {
    const [host] = await inBatches(Array.from({ length: people }), () =>
      connectFace(loop.port, 'participant', String(index), all.came),
    );
    hosts.push(host!);
  }
  return () => {
    const everyone = all.next();
    for (const host of hosts) void host.command(COMMAND);
    return everyone;
  };
}

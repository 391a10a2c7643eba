/** A room of honest phones, and one attacker that comes and goes: what the phones feel of it, in one run. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestApp } from '../setup/app.ts';
import { createSession, joinSeat } from '../setup/room.ts';
import type { Order } from './attack.ts';
import type { Target } from './attackers.ts';
import { connectWire, type WireFace } from './wire.ts';

export interface Felt {
  /** Of all windows together, in ms. */
  p50: [quiet: number, attacked: number];
  p99: [quiet: number, attacked: number];
  /** How much higher the p99 of an attacked window is than that of the quiet one beside it, as a share: quartiles. */
  rise: [lower: number, median: number, upper: number];
  /** The most resident memory of the server in a window, in MB: medians. */
  memory: [quiet: number, attacked: number];
  /** CPU of the server, as a share of a core: hardly depends on what else the machine does. */
  cpu: [quiet: number, attacked: number];
  /** Questions of honest phones that got no answer, or a refusal. */
  unanswered: number;
}

const HONEST = 30;
/** Each honest phone asks this often: within its allowance. */
const ASK_MS = 250;

export interface Siege {
  /** @param windows pairs of a quiet and an attacked window. @param ms of each window */
  endure: (attacker: string, windows: number, ms: number) => Promise<Felt>;
  end: () => void;
}

/** @param pin called with the attacker's process, once it runs */
export async function lay(
  app: TestApp,
  pin: (pid: number) => void = () => undefined,
): Promise<Siege> {
  const { code } = await createSession(app.url);
  const join = async () => (await joinSeat(app.url, code)).seat;
  const honest = await Promise.all(
    Array.from({ length: HONEST }, async () =>
      connectWire(app.url, 'participant', await join(), false),
    ),
  );
  const target: Target = { url: app.url, code, seat: await join() };
  const child = fork(fileURLToPath(new URL('attack.ts', import.meta.url)));
  pin(child.pid ?? 0);
  const tell = (order: Order | 'rest' | 'end') => child.send(order);
  return {
    endure: async (attacker, windows, ms) => {
      const quiet: Window[] = [];
      const attacked: Window[] = [];
      for (let at = 0; at < windows; at++) {
        // Now one first, now the other: what the machine does meanwhile falls on both alike.
        if (at % 2 === 0) quiet.push(await watched(app, honest, ms));
        tell({ attacker, target });
        await sleep(100);
        attacked.push(await watched(app, honest, ms));
        tell('rest');
        await sleep(200);
        if (at % 2 === 1) quiet.push(await watched(app, honest, ms));
      }
      const both = [quiet, attacked];
      const share = (part: number) =>
        both.map((each) =>
          percentile(
            each.flatMap(({ took }) => took),
            part,
          ),
        ) as Pair;
      const rises = quiet.map(
        ({ took }, at) => percentile(attacked[at]?.took ?? [], 0.99) / percentile(took, 0.99) - 1,
      );
      return {
        p50: share(0.5),
        p99: share(0.99),
        rise: [percentile(rises, 0.25), percentile(rises, 0.5), percentile(rises, 0.75)],
        memory: both.map((each) =>
          percentile(
            each.map(({ most }) => most),
            0.5,
          ),
        ) as Pair,
        cpu: both.map((each) =>
          percentile(
            each.map(({ cpu }) => cpu),
            0.5,
          ),
        ) as Pair,
        unanswered: both.flat().reduce((sum, each) => sum + each.unanswered, 0),
      };
    },
    end: () => {
      tell('end');
      honest.forEach((wire) => wire.close());
    },
  };
}

type Pair = [number, number];

interface Window {
  /** ms that each question took */
  took: number[];
  unanswered: number;
  /** MB */
  most: number;
  /** Share of a core */
  cpu: number;
}

async function watched(app: TestApp, honest: readonly WireFace[], ms: number): Promise<Window> {
  let most = memoryOf(app.pid);
  const watch = setInterval(() => (most = Math.max(most, memoryOf(app.pid))), 50);
  const [since, spent] = [performance.now(), cpuOf(app.pid)];
  const felt = await ask(honest, ms);
  clearInterval(watch);
  return { ...felt, most, cpu: (cpuOf(app.pid) - spent) / (performance.now() - since) };
}

/** Every honest phone asks for its view again and again. */
async function ask(honest: readonly WireFace[], ms: number) {
  const latest = performance.now() + ms;
  const took: number[] = [];
  let unanswered = 0;
  await Promise.all(
    honest.map(async (wire) => {
      await sleep(Math.random() * ASK_MS);
      while (performance.now() < latest) {
        const since = performance.now();
        const reply = await wire.ask('sync');
        if (reply?.ok) took.push(performance.now() - since);
        else unanswered++;
        await sleep(ASK_MS);
      }
    }),
  );
  return { took, unanswered };
}

/** MB */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** ms of all threads, user and system; Linux counts hundredths of a second */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')')).split(' ');
  return 10 * (Number(fields[12]) + Number(fields[13]));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

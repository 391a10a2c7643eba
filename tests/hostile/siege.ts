/**
 * A room of honest phones, and one attacker that comes and goes: what the phones feel of it, in one run.
 * Windows of three kinds take turns: quiet; attacked; and, as the control, with the same attacker busy at
 * another server. What the phones feel of that is the machine, not ours: memory, caches, the loopback.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestApp } from '../setup/app.ts';
import { createSession, joinSeat } from '../setup/room.ts';
import type { Order } from './attack.ts';
import type { Target } from './attackers.ts';
import { percentile } from './percentile.ts';
import { connectWire, type WireFace } from './wire.ts';

export type Kind = 'quiet' | 'attacked' | 'elsewhere';

export interface Window {
  /** ms that each question took */
  took: number[];
  /** Questions of honest phones that got no answer, or a refusal. */
  unanswered: number;
  /** The most resident memory of the server, in MB */
  most: number;
  /** CPU of the server, as a share of a core: hardly depends on what else the machine does. */
  cpu: number;
}

/** One window of each kind, of the same few seconds. */
export type Turn = Record<Kind, Window>;

export interface Siege {
  /** @param turns windows of each kind; kinds without a target are not there. @param ms of each window */
  endure: (attacker: string, turns: number, ms: number) => Promise<Turn[]>;
  end: () => void;
}

export interface Besieged {
  app: TestApp;
  /** Another server for the control; left out: its windows are quiet. */
  decoy?: TestApp;
  /** Phones that ask; more of them make a steadier figure. */
  honest?: number;
  /** Called with the attacker's process, once it runs. */
  pin?: (pid: number) => void;
}

/** Each honest phone asks this often: within its allowance. */
const ASK_MS = 250;
/** Until what an attacker left behind is done with. */
const SETTLE_MS = 200;
/** Every order once: what the machine does meanwhile, and what a window leaves behind, falls on all alike. */
const ORDERS: readonly (readonly Kind[])[] = [
  ['quiet', 'attacked', 'elsewhere'],
  ['elsewhere', 'attacked', 'quiet'],
  ['attacked', 'quiet', 'elsewhere'],
  ['elsewhere', 'quiet', 'attacked'],
  ['quiet', 'elsewhere', 'attacked'],
  ['attacked', 'elsewhere', 'quiet'],
];

export async function lay({ app, decoy, honest = 30, pin }: Besieged): Promise<Siege> {
  const { code, target } = await targetOf(app);
  const phones = await Promise.all(
    Array.from({ length: honest }, async () =>
      connectWire(app.url, 'participant', (await joinSeat(app.url, code)).seat, false),
    ),
  );
  const targets = {
    attacked: target,
    ...(decoy && { elsewhere: (await targetOf(decoy)).target }),
  } as Partial<Record<Kind, Target>>;
  const child = fork(fileURLToPath(new URL('attack.ts', import.meta.url)));
  pin?.(child.pid ?? 0);
  const tell = (order: Order | 'rest' | 'end') => child.send(order);

  async function window(kind: Kind, attacker: string, ms: number): Promise<Window> {
    const target = targets[kind];
    if (target) tell({ attacker, target });
    await sleep(SETTLE_MS / 2);
    const felt = await watched(app, phones, ms);
    if (target) tell('rest');
    await sleep(SETTLE_MS);
    return felt;
  }

  return {
    endure: async (attacker, turns, ms) => {
      const all: Turn[] = [];
      for (let at = 0; at < turns; at++) {
        const turn: Partial<Turn> = {};
        for (const kind of ORDERS[at % ORDERS.length] ?? [])
          if (decoy || kind !== 'elsewhere') turn[kind] = await window(kind, attacker, ms);
        all.push({ elsewhere: NOTHING, ...turn } as Turn);
      }
      return all;
    },
    end: () => {
      tell('end');
      phones.forEach((wire) => wire.close());
    },
  };
}
const NOTHING: Window = { took: [], unanswered: 0, most: NaN, cpu: NaN };

async function targetOf({ url }: TestApp): Promise<{ code: string; target: Target }> {
  const { code } = await createSession(url);
  return { code, target: { url, code, seat: (await joinSeat(url, code)).seat } };
}

async function watched(app: TestApp, honest: readonly WireFace[], ms: number): Promise<Window> {
  let most = memoryOf(app.pid);
  const watch = setInterval(() => (most = Math.max(most, memoryOf(app.pid))), 100);
  const [since, spent] = [performance.now(), cpuOf(app.pid)];
  const felt = await ask(honest, ms);
  clearInterval(watch);
  return { ...felt, most, cpu: (cpuOf(app.pid) - spent) / (performance.now() - since) };
}

/** Every honest phone asks for its view again and again, spread evenly: they do not queue for each other. */
async function ask(honest: readonly WireFace[], ms: number) {
  const begun = performance.now();
  const took: number[] = [];
  let unanswered = 0;
  await Promise.all(
    honest.map(async (wire, at) => {
      for (let next = (ASK_MS * at) / honest.length; next < ms; next += ASK_MS) {
        await sleep(Math.max(0, begun + next - performance.now()));
        const since = performance.now();
        const reply = await wire.ask('sync');
        if (reply?.ok) took.push(performance.now() - since);
        else unanswered++;
      }
    }),
  );
  return { took, unanswered };
}

/** Of all windows of a kind together. */
export function pooled(turns: readonly Turn[], kind: Kind, share: number): number {
  return percentile(
    turns.flatMap((turn) => turn[kind].took),
    share,
  );
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

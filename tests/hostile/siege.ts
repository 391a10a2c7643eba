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
  /** Medians over the windows, in ms. */
  p50: [quiet: number, attacked: number];
  p99: [quiet: number, attacked: number];
  /** Resident memory of the server in MB: before, and the most while it was attacked. */
  memory: [before: number, most: number];
  /** Questions of honest phones that got no answer, or a refusal. */
  unanswered: number;
}

const HONEST = 15;
/** Each honest phone asks this often: half of its allowance. */
const ASK_MS = 400;

export interface Siege {
  /** @param windows pairs of a quiet and an attacked window. @param ms of each window */
  endure: (attacker: string, windows: number, ms: number) => Promise<Felt>;
  end: () => void;
}

export async function lay(app: TestApp): Promise<Siege> {
  const { code } = await createSession(app.url);
  const join = async () => (await joinSeat(app.url, code)).seat;
  const honest = await Promise.all(
    Array.from({ length: HONEST }, async () =>
      connectWire(app.url, 'participant', await join(), false),
    ),
  );
  const target: Target = { url: app.url, code, seat: await join() };
  const child = fork(fileURLToPath(new URL('attack.ts', import.meta.url)));
  const tell = (order: Order | 'rest' | 'end') => child.send(order);
  return {
    endure: async (attacker, windows, ms) => {
      const felt = { quiet: [] as number[][], attacked: [] as number[][] };
      const before = memoryOf(app.pid);
      let most = before;
      let unanswered = 0;
      const watch = setInterval(() => (most = Math.max(most, memoryOf(app.pid))), 50);
      for (let at = 0; at < windows; at++) {
        const quiet = await ask(honest, ms);
        tell({ attacker, target });
        await sleep(100);
        const attacked = await ask(honest, ms);
        tell('rest');
        await sleep(200);
        felt.quiet.push(quiet.ms);
        felt.attacked.push(attacked.ms);
        unanswered += quiet.unanswered + attacked.unanswered;
      }
      clearInterval(watch);
      const share = (part: number): [number, number] => [
        median(felt.quiet.map((all) => percentile(all, part))),
        median(felt.attacked.map((all) => percentile(all, part))),
      ];
      return { p50: share(0.5), p99: share(0.99), memory: [before, most], unanswered };
    },
    end: () => {
      tell('end');
      honest.forEach((wire) => wire.close());
    },
  };
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
  return { ms: took, unanswered };
}

/** MB */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

const median = (values: readonly number[]) => percentile(values, 0.5);

/**
 * The production server, but it stops where a trap was laid for a session: a file named by the session
 * id whose content is the point. Each trap works once. SIGUSR2 lets everything go on.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import type { OnPoint } from '#server/points.ts';
import { startServer } from '#server/server.ts';

/** Behind the point's name in a trap: the embedded engine dies there, and the server goes on with the next. */
const ENGINE_DIES = ' engine dies';
/** There it kills itself, before anything else can happen. */
const APP_DIES = ' app dies';

const traps = process.env.TRAPS ?? '';
let engine: Worker | null = null;
process.on('worker', (worker) => (engine = worker));

let goOn: () => void = () => undefined;
let held = new Promise<void>((resolve) => (goOn = resolve));
process.on('SIGUSR2', () => {
  goOn();
  held = new Promise<void>((resolve) => (goOn = resolve));
});

const onPoint: OnPoint = async (point, sid) => {
  const trap = join(traps, sid);
  if (!existsSync(trap)) return;
  const wanted = readFileSync(trap, 'utf8');
  if (!wanted.startsWith(point)) return;
  rmSync(trap);
  if (wanted.endsWith(APP_DIES)) {
    process.kill(process.pid, 'SIGKILL');
  } else if (wanted.endsWith(ENGINE_DIES)) {
    await nextEngine();
    console.log(`went on ${sid} ${point}`);
  } else {
    console.log(`stopped ${sid} ${point}`);
    await held;
  }
};

/** The store has moved to the next engine when it answers again. */
async function nextEngine(): Promise<void> {
  const came = new Promise<void>((resolve) => process.once('worker', () => resolve()));
  await engine?.terminate();
  await came;
  const healthy = async () => (await fetch(`http://127.0.0.1:${running.port}/readyz`)).ok;
  while (!(await healthy())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const running = await startServer(readConfig(process.env), systemClock, onPoint);
console.log(`  For phones:       ${running.publicOrigin}`);

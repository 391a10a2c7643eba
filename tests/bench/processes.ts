/** The processes that are measured: each with the probe inside, all of them gone when the bench ends. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET } from '../setup/app.ts';
import { freePort } from '../setup/ports.ts';
import { startRedis } from '../setup/redis.ts';
import type { Usage } from './usage.ts';

export interface Measured {
  port: number;
  /** @param collect collects garbage first, so that memory is exact */
  usage: (collect?: boolean) => Promise<Usage>;
  tell: (message: object) => void;
  stop: () => Promise<void>;
}

export const ENGINES = ['redis', 'embedded'] as const;
export type EngineName = (typeof ENGINES)[number];

const READY_WITHIN_MS = 30_000;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const stops = new Set<() => Promise<void>>();

/** Ends everything that was started and not stopped yet. */
export async function stopAll(): Promise<void> {
  await Promise.all([...stops].map((stop) => stop()));
}

/** The production server's nodes on one store. */
export async function startNodes(engine: EngineName, count = 1): Promise<Measured[]> {
  const redis = engine === 'redis' ? await startRedis({ appendonly: true }) : null;
  const ofRedis = redis ? { REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET } : {};
  const nodes = await Promise.all(Array.from({ length: count }, () => startNode(ofRedis)));
  let left = nodes.length;
  return nodes.map((node) => {
    const stop = async () => {
      stops.delete(stop);
      await node.stop();
      left -= 1;
      if (left === 0) await redis?.stop();
    };
    stops.delete(node.stop);
    stops.add(stop);
    return { ...node, stop };
  });
}

async function startNode(env: Record<string, string>): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crossroads-bench-'));
  const node = await startMeasured(here('../../server/main.ts'), {
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    MAX_SEATS: '20000',
    MAX_SESSIONS: '10000',
    ...env,
  });
  const stop = async () => {
    await node.stop();
    stops.delete(stop);
    rmSync(dataDir, { recursive: true, force: true });
  };
  stops.delete(node.stop);
  stops.add(stop);
  return { ...node, stop };
}

/** One of the raw references (references/): the same work with next to nothing around it. */
export function startReference(
  name: 'frames' | 'echo' | 'socketio',
  env: Record<string, string> = {},
): Promise<Measured> {
  return startMeasured(here(`references/${name}.ts`), env);
}

/** One that stores what it is told in a real Redis of its own before it answers. */
export async function startStoring(name: 'frames' | 'echo'): Promise<Measured> {
  const redis = await startRedis({ appendonly: true });
  const reference = await startReference(name, { REDIS_URL: redis.url });
  const stop = async () => {
    stops.delete(stop);
    await reference.stop();
    await redis.stop();
  };
  stops.delete(reference.stop);
  stops.add(stop);
  return { ...reference, stop };
}

/** Starts a program that listens on PORT, and resolves when it does. PROFILE names a folder for CPU profiles. */
async function startMeasured(entry: string, env: Record<string, string>): Promise<Measured> {
  const port = await freePort();
  const { PROFILE } = process.env;
  const profiling = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : [];
  const child = fork(entry, {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
    execArgv: ['--expose-gc', '--import', here('probe.ts'), ...profiling],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Ctrl+C ends the bench, and the bench ends this.
    detached: true,
  });
  // Also one that was started while the bench was being stopped.
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);
  const stop = async () => {
    stops.delete(stop);
    await end(child);
    process.off('exit', killNow);
  };
  stops.add(stop);
  await listening(child);
  const answers = new Map<number, (usage: Usage) => void>();
  child.on('message', ({ probe, usage }: { probe: number; usage: Usage }) => {
    answers.get(probe)?.(usage);
    answers.delete(probe);
  });
  let broken: (error: Error) => void = () => undefined;
  // Whoever waits for an answer then waits no longer; nobody else has to know.
  const gone = new Promise<never>((_, reject) => (broken = reject));
  gone.catch(() => undefined);
  child.once('exit', () => broken(new Error('a measured process has ended')));
  const send = (message: object) => child.send(message, (error) => error && broken(error));
  let asked = 0;
  return {
    port,
    usage: (collect = false) => {
      asked += 1;
      const answer = new Promise<Usage>((resolve) => answers.set(asked, resolve));
      send({ probe: asked, collect });
      return Promise.race([answer, gone]);
    },
    tell: (message) => send(message),
    stop,
  };
}

async function listening(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      if (/For phones|listening/.test(String(chunk))) resolve();
    });
    child.once('exit', (code) => reject(new Error(`it ended at its start with ${String(code)}`)));
    setTimeout(() => reject(new Error('it is not ready in time')), READY_WITHIN_MS).unref();
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  // A profile is written by a process that ends by itself.
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 9_000);
  await gone;
  clearTimeout(late);
}

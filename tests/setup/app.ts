/** The production server as a process of its own, on a spare port, as `npm start` runs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.ts';

export interface AppOptions {
  /** Environment variables beside PORT, HOST and DATA_DIR. */
  env?: Record<string, string>;
  /** Of a server started before, to come back to the same address. */
  port?: number;
  dataDir?: string;
  /** Another entry than server/main.ts; it prints the same lines. */
  entry?: string;
}

export interface TestApp {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it printed so far, both streams. */
  output: () => string;
  /** Resolves when a signal that ends the process has ended it. */
  kill: (signal: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same port and data. */
  restart: () => Promise<void>;
  /** Ends it and removes its data. May be called twice. */
  stop: () => Promise<void>;
}

/** Seals the ballots in tests that use a Redis of their own. */
export const TEST_SECRET = 'a secret for tests only, long enough to be one';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
/** A restart on a machine with ten times as much to do as it has cores. */
const READY_WITHIN_MS = 60_000;

/** Starts the server and resolves when it serves; throws with its output if it ends instead. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'crossroads-data-'));
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    ...options.env,
  };
  let child: ChildProcess;
  let printed = '';
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);

  async function start(): Promise<void> {
    child = spawn(process.execPath, [options.entry ?? MAIN], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const since = printed.length;
    const ready = new Promise<void>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.slice(since).includes('For phones:')) resolve();
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
      child.once('exit', (code) => {
        reject(new Error(`the server ended with ${String(code)}:\n${printed.slice(since)}`));
      });
      setTimeout(
        () => reject(new Error(`the server is not ready:\n${printed}`)),
        READY_WITHIN_MS,
      ).unref();
    });
    await ready;
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    get pid() {
      return child.pid ?? 0;
    },
    output: () => printed,
    kill,
    restart: async () => {
      await kill('SIGKILL');
      await start();
    },
    stop: async () => {
      process.off('exit', killNow);
      await kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

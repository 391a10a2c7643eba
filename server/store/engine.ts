/** Runs one embedded engine: a real Valkey in WebAssembly, in a worker thread, on a private socket. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cannotWrite } from './folder.ts';
import { StoreError } from './store.ts';
import { within } from './within.ts';

/** Loading the engine takes a second; ten times that on a very busy machine. */
const START_MS = 15_000;

export interface Engine {
  /** Of its socket: in a folder that only this user may enter. */
  path: string;
  /** Resolves when it has stopped by itself. */
  died: Promise<void>;
  stop: () => Promise<void>;
}

/** The system's folder for temporary files: the path of a socket must be short, and some mounts cannot hold one. */
const PLACE = join(tmpdir(), 'crossroads-engine-');

/**
 * @param dir data folder, taken by this process; remembers where the socket is, so that the next start
 *   clears away what a killed process left
 * @param startMs how long it may take to come up
 * @throws StoreError when it does not come up
 */
export async function startEngine(dir: string, startMs = START_MS): Promise<Engine> {
  const note = join(dir, 'engine');
  const left = existsSync(note) ? readFileSync(note, 'utf8') : '';
  if (left.startsWith(PLACE)) rmSync(left, { recursive: true, force: true });
  const folder = temporaryFolder();
  writeFileSync(note, folder, { mode: 0o600 });
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\crossroads-${randomBytes(16).toString('hex')}`
      : join(folder, 'engine');
  const worker = new Worker(new URL('engine-worker.ts', import.meta.url), {
    workerData: { path },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let failure = 'it stopped';
  worker.on('error', (error: unknown) => {
    failure = error instanceof Error ? error.message : String(error);
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
  });
  let stopping = false;
  const listening = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    void ended.then(() => reject(new Error(failure)));
  });
  try {
    await within(listening, startMs);
  } catch (error) {
    await worker.terminate();
    await ended;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`The embedded store cannot be started (${reason}).`);
  }
  return {
    path,
    died: new Promise((resolve) => {
      void ended.then(() => {
        if (!stopping) resolve();
      });
    }),
    stop: async () => {
      stopping = true;
      await worker.terminate();
      await ended;
    },
  };
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(PLACE);
  } catch (error) {
    throw cannotWrite(tmpdir(), error, 'TMPDIR');
  }
}

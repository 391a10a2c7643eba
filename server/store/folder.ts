/** The embedded store's folder: made private, used by one process at a time, home of the sealing key. */
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from './store.ts';

/** Two processes that take over the same dead lock see each other within this time. */
const SETTLE_MS = 30;

/**
 * Takes the folder for this process. A lock left by a process that died is taken over.
 * @returns gives it back
 * @throws StoreError when another process has it, or it cannot be written
 */
export async function takeFolder(dir: string): Promise<() => void> {
  const lock = join(dir, 'lock');
  const mine = `${process.pid} ${birthOf(process.pid)} ${randomBytes(8).toString('hex')}\n`;
  try {
    makeFolder(resolve(dir));
    refuseLiving(lock, dir);
    const draft = `${lock}.${process.pid}`;
    writeFileSync(draft, mine, { mode: 0o600 });
    renameSync(draft, lock);
    await sleep(SETTLE_MS);
    if (readFileSync(lock, 'utf8') !== mine) refuseLiving(lock, dir);
  } catch (error) {
    throw cannotWrite(dir, error);
  }
  return () => {
    if (existsSync(lock) && readFileSync(lock, 'utf8') === mine) rmSync(lock, { force: true });
  };
}

/** @returns what whoever starts the server is told of an error of the file system; any other as it is */
export function cannotWrite(dir: string, error: unknown, name = 'DATA_DIR'): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new StoreError(
    `The folder ${resolve(dir)} cannot be written (${String(error.code)}). ` +
      `Make room or give it the right, or choose another: ${name}=… npm start`,
  );
}

/** With its parents. Node's own `recursive` never ends where a file system takes no folders (/proc). */
function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error && error.code;
    if (code === 'EEXIST' && statSync(dir).isDirectory()) return;
    const parent = dirname(dir);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolder(parent);
    mkdirSync(dir, { mode: 0o700 });
  }
}

/** The key that seals the ballots where none is configured: made once, readable by this user alone. */
export function embeddedSecret(dir: string): string {
  const path = join(dir, 'secret');
  if (!existsSync(path)) {
    const draft = `${path}.tmp`;
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
    renameSync(draft, path);
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32)
    throw new StoreError(
      `The key in ${path} is damaged. Restore it, or remove it together with the sessions.`,
    );
  return secret;
}

function refuseLiving(lock: string, dir: string): void {
  if (!existsSync(lock)) return;
  const [pid = '', birth = ''] = readFileSync(lock, 'utf8').split(/\s/);
  // Where births are not told, a lock with our own number is one that a killed process left us.
  if (birth === '' && Number(pid) === process.pid) return;
  if (!runs(Number(pid)) || (birth !== '' && birth !== birthOf(Number(pid)))) return;
  throw new StoreError(
    `Another Crossroads (process ${pid}) uses the folder ${resolve(dir)}. ` +
      'Stop it, or give this one its own: DATA_DIR=./data-2 npm start',
  );
}

/** When a process began, where the system tells (Linux): a number used again is another process. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''}`;
  } catch {
    return '';
  }
}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The embedded store's folder: made private, used by one process at a time, home of the sealing key. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './store.ts';

/**
 * Takes the folder for this process. A lock left by a process that died is taken over.
 * @returns gives it back
 * @throws StoreError when another process has it, or it cannot be written
 */
export function takeFolder(dir: string): () => void {
  const lock = join(dir, 'lock');
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (existsSync(lock) && runs(Number(readFileSync(lock, 'utf8')))) throw new InUse();
    writeFileSync(lock, String(process.pid), { mode: 0o600 });
  } catch (error) {
    if (error instanceof InUse)
      throw new StoreError(
        `Another Crossroads (process ${readFileSync(lock, 'utf8')}) uses the folder ${dir}. ` +
          'Stop it, or give this one its own: DATA_DIR=./data-2 npm start',
      );
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StoreError(
      `The folder ${dir} cannot be written (${code}). Choose another: DATA_DIR=… npm start`,
    );
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

/** The key that seals the ballots where none is configured: made once, readable by this user alone. */
export function embeddedSecret(dir: string): string {
  const path = join(dir, 'secret');
  if (!existsSync(path))
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32)
    throw new StoreError(
      `The key in ${path} is damaged. Restore it, or remove it together with the sessions.`,
    );
  return secret;
}

class InUse extends Error {}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

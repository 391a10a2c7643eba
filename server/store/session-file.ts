/**
 * A session of the embedded store on disk: one small file each, replaced as a whole, so that a killed
 * laptop resumes the workshop (R1), and gone as soon as the session ends (DISC-11).
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StoreError } from './store.ts';

const FORMAT = 1;
const ENDING = '.session';

/** `values`: name of a key without its prefix, and the engine's own serialisation of it in base64. */
const content = z.strictObject({
  sid: z.string(),
  /** Milliseconds since 1970. */
  expires: z.number(),
  values: z.array(z.tuple([z.string(), z.base64()])),
});
export type SessionFile = z.output<typeof content>;

const folderOf = (dir: string) => join(dir, 'sessions');
const pathOf = (dir: string, sid: string) => join(folderOf(dir), sid + ENDING);

/**
 * Every session on disk, one after the other. Drafts that a killed process left are removed.
 * @throws StoreError when a file cannot be read or is not one of ours: it is left as it is
 */
export async function* readSessions(dir: string): AsyncGenerator<SessionFile> {
  const folder = folderOf(dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(ENDING)) yield parse(path, await readFile(path, 'utf8').catch(cannotRead));
    else if (name.endsWith('.tmp')) await rm(path);
  }

  function cannotRead(error: unknown): never {
    throw new StoreError(`The sessions in ${resolve(folder)} cannot be read (${String(error)}).`);
  }
}

/** Replaces a session's file; when it resolves, the new one is on disk. */
export async function writeSession(dir: string, session: SessionFile): Promise<void> {
  const path = pathOf(dir, session.sid);
  const body = JSON.stringify(session);
  const handle = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await handle.writeFile(`crossroads ${FORMAT} ${sumOf(body)}\n${body}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.tmp`, path);
  await syncFolder(dir);
}

export async function removeSession(dir: string, sid: string): Promise<void> {
  await rm(pathOf(dir, sid), { force: true });
  await syncFolder(dir);
}

/** What is said of a file that the engine itself does not take. */
export function damaged(dir: string, sid: string): StoreError {
  return damagedFile(pathOf(dir, sid));
}

function parse(path: string, text: string): SessionFile {
  const line = text.slice(0, Math.max(0, text.indexOf('\n')));
  const body = text.slice(line.length + 1);
  const [name, format, sum] = line.split(' ');
  if (name === 'crossroads' && Number(format) > FORMAT)
    throw new StoreError(
      `The session in ${resolve(path)} was written by a newer version of Crossroads. ` +
        'Start that version, or move the file away to start without this session.',
    );
  if (name !== 'crossroads' || sum !== sumOf(body)) throw damagedFile(path);
  try {
    return content.parse(JSON.parse(body));
  } catch {
    throw damagedFile(path);
  }
}

function damagedFile(path: string): StoreError {
  return new StoreError(
    `The session in ${resolve(path)} is damaged and cannot be opened. ` +
      'Restore the file from a copy, or move it away to start without this session.',
  );
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** A rename or a removal is on disk when its folder is. Windows knows no such call. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(folderOf(dir), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

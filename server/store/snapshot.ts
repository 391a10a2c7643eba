/**
 * The embedded engine's data on disk: one small file, replaced as a whole and at most a second behind,
 * so that a killed laptop resumes the workshop (R1).
 */
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StoreError } from './store.ts';

/** Key, expiry in ms since 1970 (-1: none), and the engine's own serialisation in base64. */
const entry = z.tuple([z.string(), z.number(), z.base64()]);
const file = z.object({ crossroads: z.literal(1), keys: z.array(entry) });
export type Entry = z.output<typeof entry>;

export const snapshotPath = (dir: string): string => join(dir, 'sessions.json');

/**
 * @returns nothing when there is no snapshot yet
 * @throws StoreError when the file cannot be read or is not one of ours: it is left as it is
 */
export async function readSnapshot(dir: string): Promise<Entry[]> {
  const path = snapshotPath(dir);
  if (!existsSync(path)) return [];
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8'))).keys;
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new StoreError(`The sessions in ${path} cannot be read: ${String(error.code)}.`);
    throw new StoreError(
      `The file ${path} is damaged or from a newer version, so its sessions cannot be opened. ` +
        'Move it away to start without them, or start the version that wrote it.',
    );
  }
}

/** Replaces the snapshot; when it resolves, the new one is on disk. */
export async function writeSnapshot(dir: string, keys: Entry[]): Promise<void> {
  const path = snapshotPath(dir);
  const next = `${path}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify({ crossroads: 1, keys }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What lies in a folder, as text, while its owner may be writing there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `dir`, path to content (latin1: one character a byte). A file that goes in between is left out. */
export function filesIn(dir: string): Map<string, string> {
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.flatMap((path): [string, string][] => {
      try {
        return [[path, readFileSync(path, 'latin1')]];
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
    }),
  );
}

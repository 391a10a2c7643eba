/** Nothing about the poles of one workshop is fixed in code: only content names them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What only the first workshop is about. A manager is also somebody in the room, so not that word alone. */
const NAMES = /\b([Ss]taff|EM|Engineering Managers?|[Ss]oftware engineers?)\b/;
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|<!--[\s\S]*?-->/gm;

test('no interface text and no line of code names a pole', async () => {
  const found: string[] = [];
  for (const folder of ['src', 'server']) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (!entry.isFile() || file.includes('/i18n/paraglide/')) continue;
      if (!/\.(ts|svelte|json|html|css|lua|webmanifest|yaml|md)$/.test(file)) continue;
      if (file.startsWith('src/core/README')) continue;
      const text = (await readFile(file, 'utf8')).replace(COMMENTS, '');
      const hit = text.split('\n').find((line) => NAMES.test(line));
      if (hit !== undefined) found.push(`${file}: ${hit.trim()}`);
    }
  }
  expect(found).toEqual([]);
});

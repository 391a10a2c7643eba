/** The catalogue of interface texts holds what the interface says, no more and no less. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');
const folder = join(src, 'lib/i18n/messages');
const catalogue = (name: string) =>
  Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>);
const keys = catalogue('en.json').filter((key) => key !== '$schema');

/** Every `m.some_key` of the files that import the texts, with the file that says it. */
const uses = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('paraglide'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))
  .filter(({ text }) => text.includes('i18n/paraglide/messages'))
  .flatMap(({ file, text }) =>
    [...text.matchAll(/\bm\.([a-z][a-z0-9_]*)/g)].map((match) => ({ file, key: match[1] ?? '' })),
  );

describe('interface texts', () => {
  test('every text is used somewhere', () => {
    const used = new Set(uses.map(({ key }) => key));
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });

  test('every text that is used exists', () => {
    const known = new Set(keys);
    expect(uses.filter(({ key }) => !known.has(key))).toEqual([]);
  });

  test('keys are flat snake_case in alphabetical order, so that two people rarely meet', () => {
    expect(keys.filter((key) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key))).toEqual([]);
    expect(keys).toEqual([...keys].sort());
  });

  test.each(readdirSync(folder).filter((name) => name !== 'en.json'))(
    '%s says what en.json says',
    (name) => {
      expect(catalogue(name).filter((key) => key !== '$schema')).toEqual(keys);
    },
  );
});

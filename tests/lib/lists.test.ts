/** Lists of texts from content or opened files may repeat: Svelte throws on two equal keys, in production too. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');
/** Fields of content that nobody checks for repeats. */
const TEXTS =
  /\{#each ([^{}]*(?:\{[^{}]*\})?[^{}]*) \((?:\w+\.)?(?:if|text|line|sentence|title|name)\)\}/g;
/** Lists whose texts the interface itself makes, each another. */
const OWN = ['head as title'];

test('no list is keyed by a text of content, which may stand in it twice', () => {
  const keyed = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      [...readFileSync(join(src, file), 'utf8').matchAll(TEXTS)].map(
        ([, list = '']) => `${file}: ${list}`,
      ),
    )
    .filter((line) => !OWN.some((own) => line.endsWith(own)));
  expect(keyed).toEqual([]);
});

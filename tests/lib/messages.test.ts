/** The catalogue of interface texts holds what the interface says, no more and no less. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { locales } from '$lib/i18n/paraglide/runtime';

const src = resolve(import.meta.dirname, '../../src');
const folder = join(src, 'lib/i18n/messages');
const catalogue = (locale: string) => {
  const text = readFileSync(join(folder, `${locale}.json`), 'utf8');
  const { $schema: _schema, ...texts } = JSON.parse(text) as Record<string, string>;
  return texts;
};
const english = catalogue('en');
const keys = Object.keys(english);
const others = locales.filter((locale) => locale !== 'en');

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
});

test('every language with texts is one of the settings, and the other way round', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
  expect(files.sort()).toEqual([...locales].sort());
});

describe.each(others)('interface texts in %s', (locale) => {
  const texts = catalogue(locale);
  const translated = keys.filter((key) => key in texts);

  test('no text is missing, none is left over, all in the same order', () => {
    expect(Object.keys(texts)).toEqual(keys);
  });

  test('every text takes the same parameters', () => {
    const differing = translated.filter(
      (key) => parameters(texts[key]).join() !== parameters(english[key]).join(),
    );
    expect(differing).toEqual([]);
  });

  test('nothing is empty, and no sentence is still English', () => {
    const same = translated.filter((key) => texts[key] === english[key] && words(texts[key]) >= 4);
    expect(same).toEqual([]);
    expect(translated.filter((key) => texts[key]?.trim() === '')).toEqual([]);
  });
});

test('German speaks to people by “du”, quotes as German does, and leaves a space before “…”', () => {
  const german = Object.entries(catalogue('de'));
  const wrong = german.filter(([, text]) =>
    /\b(Sie (können|haben|müssen|sehen)|Ihr(e|en|er|em)? (Antwort|Handy|Ergebnis))|[“”](?=\p{L})|\p{L}…/u.test(
      text,
    ),
  );
  expect(wrong).toEqual([]);
});

function parameters(text = ''): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
}

function words(text = ''): number {
  return text.replace(/\{\w+\}/g, '').match(/\p{L}+/gu)?.length ?? 0;
}

/** A phone fetches few texts first: no part of it may speak before its own are here. */
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importedBy, located, PHONE, textsUsedBy } from '../../languages.config.ts';

const src = resolve(import.meta.dirname, '../../src');
const first = textsUsedBy(PHONE);
const modules = importedBy(PHONE.map((root) => join(src, root)));

/** What the modules of a phone's first part import later, and whether they wait for its texts. */
const later = [...modules].flatMap(([file, code]) =>
  [...code.matchAll(/(withTexts\()?\s*import\('([^']+)'\)/g)].flatMap(([, waits, name = '']) =>
    located(name, file).map((part) => ({ file: relative(src, part), waits: waits !== undefined })),
  ),
);

describe('texts that a phone fetches first', () => {
  test('hold what is read on the way to an answer, and no facilitator’s text', () => {
    expect([...first]).toEqual(
      expect.arrayContaining(['phone_contract_stays', 'phone_point_1', 'phone_ballot_counted']),
    );
    expect([...first].filter((key) => /^(start|report|privacy|plan|export)_/.test(key))).toEqual(
      [],
    );
    expect(first.size).toBeLessThan(200);
  });

  test('suffice for every part that does not wait for the others', () => {
    expect(later.length).toBeGreaterThan(5);
    const early = later.filter(({ waits }) => !waits).map(({ file }) => file);
    const silent = early.filter((file) => [...textsUsedBy([file])].some((key) => !first.has(key)));
    expect(silent).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { parseTakeHome, toJson } from '$lib/export/json';
import { MalformedTakeHome } from '$lib/export/fields';
import { BALANCED, PLAN, takeHome } from './summaries.ts';

type Loose = Record<string, unknown>;

/** The sentence a reader of this file is told; a change makes the file wrong in one place. */
function complaint(change: (file: Loose) => void): string {
  const file = JSON.parse(toJson(takeHome())) as Loose;
  change(file);
  return sentence(JSON.stringify(file));
}

function sentence(json: string): string {
  try {
    parseTakeHome(json);
  } catch (error) {
    if (error instanceof MalformedTakeHome) return error.message;
    throw error;
  }
  return 'was read';
}

describe('parseTakeHome', () => {
  test('reads what toJson wrote', () => {
    for (const summary of [
      takeHome(),
      takeHome({ answers: BALANCED, name: '"李" \\ 👩‍💻', room: 'A sentence.', plan: PLAN }),
    ])
      expect(parseTakeHome(toJson(summary))).toEqual(summary);
  });

  test('passes over fields it does not know, and misses those it does', () => {
    const file = toJson(takeHome()).replace('{', '{"later": 1, "__proto__": {"name": "Eve"},');
    expect(parseTakeHome(file)).toEqual(takeHome());
    expect(sentence(file.replace('"name": null,', ''))).toBe(
      'This is not a summary we can read: “name” should be text or null.',
    );
  });

  test.each([
    ['', 'This file is not a Crossroads summary: it is not JSON.'],
    ['# Staff?', 'This file is not a Crossroads summary: it is not JSON.'],
    ['[]', 'This file is JSON, but not a Crossroads summary.'],
    ['null', 'This file is JSON, but not a Crossroads summary.'],
    ['{"crossroads": 1}', 'This file is JSON, but not a Crossroads summary.'],
    [
      '{"kind": "take-home"}',
      'This is not a summary we can read: “crossroads” should be a whole number, 0 or more.',
    ],
  ])('what is none at all: %s', (json, said) => {
    expect(sentence(json)).toBe(said);
  });

  test('format 1 is read: it had no ids, and a plan of plain text', () => {
    const { workshopId: _, ...file } = JSON.parse(toJson(takeHome())) as Loose;
    const statements = (file.statements as Loose[]).map(({ id: _, ...rest }) => rest);
    const old = { ...file, crossroads: 1, statements, plan: 'Lead an RFC.' };
    const read = parseTakeHome(JSON.stringify(old));
    expect(read.workshopId).toBeNull();
    expect(read.statements.map(({ id }) => id)).toEqual(Array(12).fill(null));
    expect(read.plan).toMatchObject({ trial: 'Lead an RFC.', if: null, audit: null });
    expect(parseTakeHome(JSON.stringify({ ...old, plan: null })).plan).toBeNull();
  });

  test('a newer format is named as such', () => {
    expect(complaint((file) => (file.crossroads = 3))).toBe(
      'This summary was written by a newer Crossroads (format 3). This one reads format 2.',
    );
  });

  test.each<[string, (file: Loose) => void, string]>([
    ['text', (file) => (file.workshop = 3), '“workshop” should be text'],
    ['date', (file) => (file.date = '2026-02-30'), '“date” should be a date such as 2026-11-23'],
    ['language', (file) => (file.language = 'english'), '“language” should be a language'],
    ['lean', (file) => (file.lean = 5), '“lean” should be a whole number from 0 to 4'],
    ['reading', (file) => (file.reading = 'third'), '“reading” should be first, second, both'],
    ['poles', (file) => (file.poles = []), '“poles” should be a list of two, one per pole'],
    [
      'a pole',
      (file) => ((file.poles as Loose[])[1] = { name: 'x', short: 'x', sum: '9' }),
      '“poles[1].sum” should be a whole number, 0 or more',
    ],
    ['a list of texts', (file) => (file.strongest = [[], [1]]), '“strongest[1][0]” should be text'],
    ['statements', (file) => (file.statements = {}), '“statements” should be a list'],
    [
      'a statement',
      (file) => ((file.statements as unknown[])[0] = 'text'),
      '“statements[0]” should be an object',
    ],
    [
      'an answer',
      (file) => ((file.statements as Loose[])[3]!.answer = 2.5),
      '“statements[3].answer” should be a whole number from 1 to 5',
    ],
    ['a side', (file) => ((file.next as Loose[])[0]!.pole = 2), '“next[0].pole” should be 0 or 1'],
    ['plan', (file) => (file.plan = ['a']), '“plan” should be an object'],
    [
      'a day of the plan',
      (file) => (file.plan = { ...PLAN, review: '2027-02-30' }),
      '“plan.review” should be a date such as 2026-11-23',
    ],
    [
      'an activity of the audit',
      (file) => (file.plan = { ...PLAN, audit: { ...PLAN?.audit, activities: [{ name: 'x' }] } }),
      '“plan.audit.activities[0].pole” should be 0 or 1',
    ],
  ])('names the field that is wrong: %s', (_, change, said) => {
    expect(complaint(change)).toContain(said);
  });

  test('scores that are not the answers’ are refused', () => {
    expect(complaint((file) => ((file.poles as Loose[])[0]!.sum = 30))).toBe(
      'This summary does not add up: the scores differ from the answers.',
    );
  });
});

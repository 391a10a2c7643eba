import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { disclose, FIVE_IN_THREE, flatBands, POLICIES, type Policy } from '#core/disclosure.ts';
import { publish, type Choice } from '#core/round.ts';
import { singledOut } from './worlds.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const PAGE = 'src/core/README.md';
const ROOMS = [4, 5, 6, 8, 12, 30];

function mixed(n: number, policy: Policy): string {
  const even = [0, 1, 2, 3, 4].map((cell) => Math.floor((n + 4 - cell) / 5));
  // The middle is a band of one bin: an even room has its bands 2 : 1 : 2.
  const outcome = disclose(even, FIVE_IN_THREE, policy);
  if (outcome.outcome !== 'spread') return 'nothing';
  return outcome.grain === 'bands' ? 'three bands' : 'five bins';
}

function veiled(n: number, policy: Policy): string {
  const of = (first: number) => disclose([first, 0, n - first, 0, 0], FIVE_IN_THREE, policy);
  const outcome = of(n);
  if (outcome.outcome !== 'veiled') return 'nothing';
  const sizes = Array.from({ length: n + 1 }, (_, first) => first);
  const least = sizes.find((first) => first > n / 2 && of(first).outcome === 'veiled');
  if (least !== outcome.atLeast) throw new Error('the veil falls elsewhere than it says');
  return `“${least} or more of ${n}”`;
}

function statements(n: number, policy: Policy): string {
  const choices = Array.from({ length: n }, (_, at): Choice => ({ lean: at % 5, marks: [at % 3] }));
  const round = { question: 'q', form: 'assessment', statements: ['s'] } as const;
  const outcome = publish(round, choices, policy).statements?.s?.outcome;
  return outcome === 'spread' ? 'agree, neutral, disagree' : 'nothing';
}

function colluders(n: number, policy: Policy): string {
  if (mixed(n, policy) === 'nothing') return '–';
  const asked = { bands: flatBands(3), cells: 3, policy, minimum: policy.minimum };
  let most = 0;
  while (singledOut(asked, n, most + 1).length === 0) most++;
  return `${most}`;
}

function table(): string {
  const head = ['Preset', 'Ballots', 'Mixed', 'Nearly of one mind', 'Statements', 'Colluders'];
  const rows = Object.values(POLICIES).flatMap((policy) =>
    ROOMS.map((n) => [
      policy.name,
      `${n}`,
      mixed(n, policy),
      veiled(n, policy),
      statements(n, policy),
      colluders(n, policy),
    ]),
  );
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

test('the page says what the real functions do: what a room of 4, 5, 6, 8, 12 and 30 sees', async () => {
  const page = await readFile(PAGE, { encoding: 'utf8' });
  const written = /<!-- table[^\n]*-->\n([\s\S]*?)\n*<!-- \/table -->/.exec(page)?.[1]?.trim();
  expect(written).toBe(table());
});

test('DISC-3: the example below the table is true', () => {
  const of = (first: number) =>
    disclose([first, 0, 12 - first, 0, 0], FIVE_IN_THREE, POLICIES.strict);
  expect(of(8)).toEqual(of(12));
  expect(of(8)).toMatchObject({ atLeast: 8 });
  for (let yes = 0; yes <= 5; yes++)
    expect(disclose([yes, 5 - yes], flatBands(2), POLICIES.standard).outcome).toBe('veiled');
});

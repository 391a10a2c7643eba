import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { disclose, FIVE_IN_THREE, flatBands, POLICIES, type Policy } from '#core/disclosure.ts';
import { publish, type Choice } from '#core/round.ts';
import { mostColluders, singledOut, tallies } from './worlds.ts';

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

/** How people lean in the page's second table: bins from strongly one side to strongly the other. */
const MIX = [0.15, 0.15, 0.4, 0.15, 0.15];

function odds(n: number): string[] {
  const { standard } = POLICIES;
  const others = n - mostColluders(n, standard);
  let [veiled, spread, alone, largest] = [0, 0, 0, 0];
  for (const counts of tallies(n, MIX.length)) {
    const outcome = disclose(counts, FIVE_IN_THREE, standard);
    const chance = chanceOf(counts);
    if (outcome.outcome === 'veiled') veiled += chance;
    if (outcome.outcome !== 'spread') continue;
    spread += chance;
    if (outcome.counts.includes(1)) alone += chance;
    const bands = FIVE_IN_THREE.map((band) => band.reduce((all, cell) => all + counts[cell]!, 0));
    largest = Math.max(largest, ...bands);
  }
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const guess = `${largest} of ${others}, ${percent(largest / others)}`;
  return [`${n}`, percent(veiled), percent(alone / spread), `${largest} of ${n}`, guess];
}

/** Of this tally, when everybody leans by themselves. */
function chanceOf(counts: readonly number[]): number {
  let [ways, placed, chance] = [1, 0, 1];
  counts.forEach((count, cell) => {
    for (let one = 1; one <= count; one++) ways *= ++placed / one;
    chance *= MIX[cell]! ** count;
  });
  return ways * chance;
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
  return drawn(head, rows);
}

function oddsTable(): string {
  const head = ['Ballots', 'The veil falls', 'Shown, with a bar of one'];
  return drawn(
    [...head, 'Largest band shown', 'A guess, t − 1 colluding'],
    [5, 6, 7, 8, 10, 12, 30].map(odds),
  );
}

function drawn(head: string[], rows: string[][]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

async function written(name: string): Promise<string | undefined> {
  const page = await readFile(PAGE, { encoding: 'utf8' });
  return new RegExp(`<!-- ${name}[^\\n]*-->\\n([^]*?)\\n*<!-- /${name} -->`)
    .exec(page)?.[1]
    ?.trim();
}

test('the page says what the real functions do: what a room of 4, 5, 6, 8, 12 and 30 sees', async () => {
  expect(await written('table')).toBe(table());
});

test('DISC-3 how often the veil falls, how often somebody is alone, what a guess is worth', async () => {
  expect(await written('odds')).toBe(oddsTable());
  // The policy's own figures, under its “plausible mix”.
  const falls = [5, 6, 7, 8, 10].map((n) => odds(n)[1]);
  expect(falls).toEqual(['64 %', '32 %', '15 %', '29 %', '8 %']);
});

test('DISC-3: the example below the table is true', () => {
  const of = (first: number) =>
    disclose([first, 0, 12 - first, 0, 0], FIVE_IN_THREE, POLICIES.strict);
  expect(of(8)).toEqual(of(12));
  expect(of(8)).toMatchObject({ atLeast: 8 });
  for (let yes = 0; yes <= 5; yes++)
    expect(disclose([yes, 5 - yes], flatBands(2), POLICIES.standard).outcome).toBe('veiled');
});

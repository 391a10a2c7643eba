/** DISC-9: the prompt of a result is a function of the release, and every shape has one. */
import { describe, expect, test } from 'vitest';
import { shapeOf } from '#core/debrief.ts';
import {
  disclose,
  FIVE_IN_THREE,
  flatBands,
  POLICIES,
  type Bands,
  type Outcome,
} from '#core/disclosure.ts';

const spread = (counts: number[]): Outcome => ({
  outcome: 'spread',
  n: counts.reduce((sum, each) => sum + each, 0),
  grain: counts.length === 3 ? 'bands' : 'cells',
  counts,
});

/** Every way to spread `n` over so many cells. */
function* tallies(n: number, cells: number): Generator<number[]> {
  if (cells === 1) yield [n];
  else
    for (let first = 0; first <= n; first++)
      for (const rest of tallies(n - first, cells - 1)) yield [first, ...rest];
}

describe('a scale with a middle', () => {
  test.each<[number[], string]>([
    [[3, 3, 2, 2, 2], 'spread'],
    [[3, 2, 3, 2, 2], 'spread'],
    [[2, 1, 4, 2, 1], 'spread'],
    [[2, 2, 2, 2, 2], 'spread'],
    [[4, 3, 2, 1, 2], 'one-sided'],
    [[1, 2, 2, 3, 4], 'one-sided'],
    [[1, 1, 6, 2, 2], 'middle'],
    [[3, 3, 0, 3, 3], 'split'],
    [[4, 2, 1, 2, 3], 'split'],
    [[2, 3, 1], 'middle'],
    [[3, 0, 3], 'split'],
    [[4, 1, 1], 'one-sided'],
  ])('%j is %s', (counts, is) => {
    expect(shapeOf(spread(counts), true).is).toBe(is);
  });

  test('names the larger side', () => {
    expect(shapeOf(spread([4, 3, 2, 1, 2]), true)).toEqual({ is: 'one-sided', band: 0 });
    expect(shapeOf(spread([1, 2, 2, 3, 4]), true)).toEqual({ is: 'one-sided', band: 2 });
  });
});

describe('options of their own', () => {
  test.each<[number[], string]>([
    [[6, 4], 'split'],
    [[7, 3], 'one-sided'],
    [[6, 2, 1, 1], 'one-sided'],
    [[4, 4, 1, 1], 'split'],
    [[3, 3, 2, 2], 'spread'],
    [[2, 2, 2, 2, 2], 'spread'],
    [[5, 5, 0], 'split'],
  ])('%j is %s', (counts, is) => {
    expect(shapeOf(spread(counts), false).is).toBe(is);
  });
});

describe('every result that a room can have', () => {
  const scales: [string, number, Bands, boolean][] = [
    ['five that nest', 5, FIVE_IN_THREE, true],
    ['three with a middle', 3, flatBands(3), true],
    ['four options', 4, flatBands(4), false],
    ['two options', 2, flatBands(2), false],
  ];

  test.each(scales)('DISC-9 %s: equal releases, equal shapes', (_, cells, bands, middle) => {
    const seen = new Map<string, string>();
    const shapes = new Set<string>();
    for (let n = 0; n <= (cells === 2 ? 30 : 12); n++)
      for (const tally of tallies(n, cells)) {
        const release = disclose(tally, bands, POLICIES.standard);
        const shape = JSON.stringify(shapeOf(release, middle));
        const before = seen.get(JSON.stringify(release));
        expect(before ?? shape).toBe(shape);
        seen.set(JSON.stringify(release), shape);
        shapes.add(shapeOf(release, middle).is);
        if (release.outcome !== 'spread') expect(shapeOf(release, middle).is).toBe(release.outcome);
      }
    const all = ['one-sided', 'split', 'spread', 'veiled', 'withheld'];
    const possible = middle
      ? [...all, 'middle']
      : cells === 2
        ? all.filter((is) => is !== 'spread')
        : all;
    expect([...shapes].sort()).toEqual(possible.sort());
  });
});

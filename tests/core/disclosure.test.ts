import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  disclose,
  FIVE_IN_THREE,
  flatBands,
  POLICIES,
  veilMargin,
  type Bands,
  type Outcome,
  type Policy,
} from '#core/disclosure.ts';
import { tallies } from './worlds.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { standard, strict } = POLICIES;
const policies = fc.constantFrom<Policy>(standard, strict);
const five = fc.array(fc.nat(12), { minLength: 5, maxLength: 5 });
const anyTally = fc.oneof(
  five.map((counts) => ({ counts, bands: FIVE_IN_THREE })),
  fc
    .array(fc.nat(12), { minLength: 2, maxLength: 5 })
    .map((counts) => ({ counts, bands: flatBands(counts.length) })),
);
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const perBand = (counts: readonly number[], bands: Bands) =>
  bands.map((band) => sum(band.map((cell) => counts[cell]!)));

describe('DISC-1 minimum', () => {
  test('four ballots publish nothing but the minimum itself, five publish', () => {
    expect(disclose([1, 1, 0, 1, 1], FIVE_IN_THREE, standard)).toEqual({
      outcome: 'withheld',
      minimum: 5,
    });
    expect(disclose([1, 1, 1, 1, 1], FIVE_IN_THREE, standard).outcome).toBe('spread');
    expect(disclose([2, 1, 2, 1, 1], FIVE_IN_THREE, strict).outcome).toBe('withheld');
    expect(disclose([2, 1, 2, 1, 2], FIVE_IN_THREE, strict).outcome).toBe('spread');
  });

  test('what is withheld is the same for every tally, the empty one too', () => {
    fc.assert(
      fc.property(anyTally, policies, ({ counts, bands }, policy) => {
        const outcome = disclose(counts, bands, policy);
        expect(outcome.outcome === 'withheld').toBe(sum(counts) < policy.minimum);
        if (outcome.outcome === 'withheld')
          expect(outcome).toEqual({ outcome: 'withheld', minimum: policy.minimum });
      }),
    );
    expect(disclose([0, 0], flatBands(2), standard).outcome).toBe('withheld');
  });
});

describe('DISC-2 nested bins', () => {
  test('five to seven ballots: three bands; eight: five bins', () => {
    expect(disclose([1, 2, 1, 2, 1], FIVE_IN_THREE, standard)).toEqual({
      outcome: 'spread',
      n: 7,
      grain: 'bands',
      counts: [3, 1, 3],
    });
    expect(disclose([1, 2, 2, 2, 1], FIVE_IN_THREE, standard)).toEqual({
      outcome: 'spread',
      n: 8,
      grain: 'cells',
      counts: [1, 2, 2, 2, 1],
    });
  });

  test('strict: bands up to eleven, bins from twelve', () => {
    expect(disclose([2, 2, 3, 2, 2], FIVE_IN_THREE, strict)).toMatchObject({ grain: 'bands' });
    expect(disclose([2, 2, 3, 3, 2], FIVE_IN_THREE, strict)).toMatchObject({ grain: 'cells' });
  });

  test('options that do not nest are their own bands, at any size', () => {
    expect(disclose([2, 2, 1], flatBands(3), standard)).toEqual({
      outcome: 'spread',
      n: 5,
      grain: 'cells',
      counts: [2, 2, 1],
    });
  });
});

describe('DISC-3 veil', () => {
  test.each([
    [5, 2],
    [6, 2],
    [7, 2],
    [8, 3],
    [10, 3],
    [15, 3],
    [16, 4],
    [20, 4],
    [21, 5],
    [30, 6],
  ])('standard: of %i the margin is %i', (n, t) => {
    expect(veilMargin(n, standard)).toBe(t);
  });

  test.each([
    [8, 3],
    [11, 3],
    [12, 4],
    [16, 4],
    [17, 5],
    [30, 8],
  ])('strict: of %i the margin is %i', (n, t) => {
    expect(veilMargin(n, strict)).toBe(t);
  });

  test('n ≥ 2t + 1 wherever something is published, so only one band can be the veiled one', () => {
    for (const policy of [standard, strict])
      for (let n = policy.minimum; n <= 3000; n++)
        expect(n).toBeGreaterThanOrEqual(2 * veilMargin(n, policy) + 1);
  });

  test('the bands are veiled first: four strong and four leaning of eight say no more than "5 or more"', () => {
    const veiled: Outcome = { outcome: 'veiled', n: 8, atLeast: 5, band: 0 };
    for (const counts of [
      [4, 4, 0, 0, 0],
      [8, 0, 0, 0, 0],
      [0, 5, 1, 1, 1],
      [2, 3, 3, 0, 0],
    ])
      expect(disclose(counts, FIVE_IN_THREE, standard)).toEqual(veiled);
  });

  test('unanimous and nearly unanimous look the same; one fewer is spread', () => {
    expect(disclose([0, 0, 6, 0, 0], FIVE_IN_THREE, standard)).toEqual({
      outcome: 'veiled',
      n: 6,
      atLeast: 4,
      band: 1,
    });
    expect(disclose([1, 0, 4, 0, 1], FIVE_IN_THREE, standard)).toMatchObject({ atLeast: 4 });
    expect(disclose([1, 0, 3, 1, 1], FIVE_IN_THREE, standard).outcome).toBe('spread');
  });

  test('falls exactly when the largest band is n − t or more, and then holds n, t and the band alone', () => {
    fc.assert(
      fc.property(anyTally, policies, ({ counts, bands }, policy) => {
        const n = sum(counts);
        fc.pre(n >= policy.minimum);
        const sizes = perBand(counts, bands);
        const atLeast = n - veilMargin(n, policy);
        const outcome = disclose(counts, bands, policy);
        expect(outcome.outcome === 'veiled').toBe(Math.max(...sizes) >= atLeast);
        if (outcome.outcome === 'veiled')
          expect(outcome).toEqual({
            outcome: 'veiled',
            n,
            atLeast,
            band: sizes.indexOf(Math.max(...sizes)),
          });
        else if (outcome.outcome === 'spread')
          expect(outcome.counts).toEqual(outcome.grain === 'bands' ? sizes : counts);
      }),
    );
  });

  test('every band can be the veiled one', () => {
    for (const [cells, bands] of [
      [5, FIVE_IN_THREE],
      [2, flatBands(2)],
      [5, flatBands(5)],
    ] as const)
      bands.forEach(([cell], band) => {
        const counts = Array.from({ length: cells }, (_, at) => (at === cell ? 9 : 0));
        expect(disclose(counts, bands, standard)).toMatchObject({ outcome: 'veiled', band });
      });
  });
});

describe('DISC-4 and DISC-8: a minimum may be raised, never lowered', () => {
  test.each([
    [standard, 1, 5],
    [standard, 10, 10],
    [strict, 5, 8],
    [strict, 15, 15],
  ] as const)('%o asked for %i needs %i', (policy, asked, least) => {
    const of = (n: number) => disclose([n, 0], flatBands(2), policy, asked).outcome;
    expect(of(least - 1)).toBe('withheld');
    expect(of(least)).toBe('veiled');
  });

  test('strict never shows more than standard: its outcome follows from standard’s alone', () => {
    const seen = new Map<string, string>();
    const differ: string[] = [];
    const visit = (counts: number[], bands: Bands, statement: boolean) => {
      const of = (policy: Policy) =>
        JSON.stringify(
          disclose(counts, bands, policy, statement ? policy.statementsFrom : policy.minimum),
        );
      const key = `${sum(counts)} ${JSON.stringify(bands)} ${statement} ${of(standard)}`;
      const known = seen.get(key);
      if (known !== undefined && known !== of(strict)) differ.push(key);
      seen.set(key, of(strict));
    };
    for (let n = 0; n <= 18; n++) {
      for (const counts of tallies(n, 5)) visit(counts, FIVE_IN_THREE, false);
      for (const counts of tallies(n, 3)) visit(counts, flatBands(3), true);
      for (const counts of tallies(n, 3)) visit(counts, flatBands(3), false);
    }
    expect(differ).toEqual([]);
  });

  test('both presets are frozen in use: strict is at least standard in every threshold', () => {
    for (const key of [
      'minimum',
      'finestFrom',
      'statementsFrom',
      'veilSmall',
      'veilLarge',
    ] as const)
      expect(strict[key]).toBeGreaterThanOrEqual(standard[key]);
    for (let n = strict.minimum; n <= 3000; n++)
      expect(veilMargin(n, strict)).toBeGreaterThanOrEqual(veilMargin(n, standard));
  });
});

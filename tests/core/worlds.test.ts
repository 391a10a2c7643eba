import { describe, expect, test, vi } from 'vitest';
import {
  disclose,
  FIVE_IN_THREE,
  flatBands,
  POLICIES,
  veilMargin,
  type Policy,
} from '#core/disclosure.ts';
import { knowledge, singledOut, tallies, withstood, type Asked } from './worlds.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const presets = Object.values(POLICIES);
const upTo = (most: number, from = 1) =>
  Array.from({ length: most - from + 1 }, (_, at) => from + at);

function asked(policy: Policy, cells: number, nested: boolean, minimum = policy.minimum): Asked {
  return { policy, cells, minimum, bands: nested ? FIVE_IN_THREE : flatBands(cells) };
}

function expectNobodySingledOut(question: Asked, sizes: number[]): void {
  for (const n of sizes)
    for (const colluders of withstood(n, question.policy))
      expect(singledOut(question, n, colluders), `n = ${n}, ${colluders} colluders`).toEqual([]);
}

describe('T2 all worlds: two possible bins and two possible bands for everybody, up to t − 1 colluders', () => {
  test('the enumeration is whole: every multiset over five bins, every set of colluders', () => {
    expect(upTo(10).map((n) => tallies(n, 5).length)).toEqual([
      5, 15, 35, 70, 126, 210, 330, 495, 715, 1001,
    ]);
    expect(withstood(10, POLICIES.standard)).toEqual([0, 1, 2]);
    // Nothing published: two colluders of four may have given any of 15 pairs of answers.
    expect(knowledge(asked(POLICIES.standard, 5, true), 4, 2)).toHaveLength(15);
  });

  describe.each(presets)('$name', (policy) => {
    test('five bins in three bands (assessment, trade-off, spectrum), n up to 14', () => {
      expectNobodySingledOut(asked(policy, 5, true), upTo(14));
    });

    test.each([2, 3, 4, 5])('%i options that do not nest, n up to 12', (cells) => {
      expectNobodySingledOut(asked(policy, cells, false), upTo(12));
    });

    test('DISC-4: the three marks of a statement, n up to 22', () => {
      expectNobodySingledOut(asked(policy, 3, false, policy.statementsFrom), upTo(22));
    });

    test('where the share of the veil rules: n up to 26 over three bands', () => {
      expectNobodySingledOut(asked(policy, 3, false), upTo(26, 15));
    });

    test('the bound is sharp: t colluders outside a veiled band know where everybody else is', () => {
      for (const n of upTo(14, policy.minimum)) {
        const t = veilMargin(n, policy);
        const certain = singledOut(asked(policy, 5, true), n, t);
        expect(certain.length, `n = ${n}`).toBeGreaterThan(0);
        expect(certain.every(({ release }) => release.includes('veiled'))).toBe(true);
      }
    });

    test('spread rooms withstand even t colluders', () => {
      for (const n of upTo(14, policy.minimum)) {
        const spread = knowledge(asked(policy, 5, true), n, veilMargin(n, policy)).filter(
          ({ release }) => release.includes('spread'),
        );
        expect(spread.every(({ bands }) => bands >= 2)).toBe(true);
      }
    });
  });

  test('veiling the five bins alone would not be enough: the enumeration finds the eight of DISC-3', () => {
    const binsAlone = { ...asked(POLICIES.standard, 5, true), bands: flatBands(5) };
    const certainOfSide = knowledge(binsAlone, 8, 0).filter(({ release }) => {
      const { counts } = JSON.parse(release) as { counts?: number[] };
      return counts && [counts[0]! + counts[1]!, counts[2], counts[3]! + counts[4]!].includes(8);
    });
    expect(certainOfSide.length).toBeGreaterThan(0);
    expect(singledOut(asked(POLICIES.standard, 5, true), 8, 0)).toEqual([]);
  });
});

describe('T8: closed as soon as the fifth has answered', () => {
  const fives = tallies(5, 5).map((tally) => disclose(tally, FIVE_IN_THREE, POLICIES.standard));

  test('DISC-2: five ballots never show a bin, only bands', () => {
    for (const outcome of fives) {
      if (outcome.outcome === 'spread')
        expect(outcome).toMatchObject({ grain: 'bands', counts: { length: 3 } });
      else expect(outcome).toMatchObject({ outcome: 'veiled', n: 5, atLeast: 3 });
    }
  });

  test('DISC-3: of five, three in one band veil; only 2 + 2 + 1 is shown', () => {
    const shown = fives.flatMap((outcome) =>
      outcome.outcome === 'spread' ? [outcome.counts] : [],
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const counts of shown) expect([...counts].sort()).toEqual([1, 2, 2]);
  });

  test('DISC-1: the four before the fifth were told nothing that could be set against it', () => {
    const fours = tallies(4, 5).map((tally) => disclose(tally, FIVE_IN_THREE, POLICIES.standard));
    expect(new Set(fours.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  });
});

/** Simulated people answer as their tendency says, so that every result can be seen beforehand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disclose, FIVE_IN_THREE, flatBands, POLICIES, type Outcome } from '#core/disclosure.ts';
import { score, type Scale } from '#core/scoring.ts';
import {
  answersFor,
  cellOf,
  habitOf,
  leanOf,
  moveOf,
  type Crowd,
} from '../../../src/lib/rehearsal/crowd.ts';
import { MOST_PEOPLE, TENDENCIES, type Tendency } from '../../../src/lib/rehearsal/plan.ts';

const FIVE = { cells: 5, nested: true };
const crowdOf = (tendency: Tendency, count: number, seed = 'a'): Crowd => ({
  count,
  tendency,
  seed,
});
const everybody = fc.record({
  count: fc.integer({ min: 1, max: MOST_PEOPLE }),
  tendency: fc.constantFrom(...TENDENCIES),
  seed: fc.string(),
});

function tally(crowd: Crowd, cells: number, choose: (nth: number) => number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let nth = 0; nth < crowd.count; nth++) counts[choose(nth)]!++;
  return counts;
}

/** What the room would see if everybody sent. */
function seen(crowd: Crowd, scale = FIVE): Outcome {
  const counts = tally(crowd, scale.cells, (nth) => cellOf(crowd, nth, 'q', scale));
  return disclose(counts, scale.nested ? FIVE_IN_THREE : flatBands(scale.cells), POLICIES.standard);
}

/** Any scale that the content check lets in, and more. */
const scales = fc
  .record({ each: fc.integer({ min: 2, max: 8 }), seed: fc.string() })
  .map(({ each, seed }): { scale: Scale; seed: string } => ({
    seed,
    scale: {
      statements: Array.from({ length: 2 * each }, (_, at) => ({
        id: `s${at}`,
        pole: at < each ? 0 : 1,
      })),
      balanced: each - 1,
      leaning: 2 * each,
      high: 4 * each,
      low: 2 * each,
    },
  }));

describe('what a crowd chooses', () => {
  test('is a cell of the round, and the same after a reload', () => {
    fc.assert(
      fc.property(everybody, fc.integer({ min: 2, max: 5 }), (crowd, cells) => {
        for (let nth = 0; nth < crowd.count; nth++) {
          const cell = cellOf(crowd, nth, 'q', { cells, nested: false });
          expect(cell).toBeGreaterThanOrEqual(0);
          expect(cell).toBeLessThan(cells);
          expect(cellOf({ ...crowd }, nth, 'q', { cells, nested: false })).toBe(cell);
          expect([-1, 0, 1]).toContain(moveOf(crowd, nth, 'q'));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of four, whatever they think, nothing is shown', () => {
    for (const tendency of TENDENCIES)
      expect(seen(crowdOf(tendency, 4))).toMatchObject({ outcome: 'withheld' });
  });

  test('all of one mind: the veil, at any size and on any scale', () => {
    for (let count = 5; count <= MOST_PEOPLE; count++) {
      for (const scale of [FIVE, ...[2, 3, 4, 5].map((cells) => ({ cells, nested: false }))])
        expect(seen(crowdOf('one-mind', count), scale)).toMatchObject({ outcome: 'veiled' });
      const crowd = crowdOf('one-mind', count);
      const moves = tally(crowd, 3, (nth) => moveOf(crowd, nth, 'q') + 1);
      expect(disclose(moves, flatBands(3), POLICIES.standard).outcome).toBe('veiled');
    }
  });

  test('twelve of every tendency show the shape that its name says', () => {
    const counts = (tendency: Tendency) => {
      const outcome = seen(crowdOf(tendency, 12));
      return outcome.outcome === 'spread' ? outcome.counts : [];
    };
    expect(Math.min(...counts('spread'))).toBeGreaterThan(1);
    const [a, b, middle, d, e] = counts('camps') as [number, number, number, number, number];
    expect(middle).toBeLessThanOrEqual(1);
    expect(a + b).toBeGreaterThanOrEqual(5);
    expect(d + e).toBeGreaterThanOrEqual(5);
    expect(counts('between')[2]).toBeGreaterThanOrEqual(7);
    expect(counts('first')).toEqual([...counts('second')].reverse());
    expect((counts('first')[0] ?? 0) + (counts('first')[1] ?? 0)).toBeGreaterThan(6);
  });

  test('another question, other places: nobody is the same corner all evening', () => {
    const crowd = crowdOf('spread', 12);
    const of = (question: string) =>
      Array.from({ length: 12 }, (_, nth) => cellOf(crowd, nth, question, FIVE)).join();
    expect(of('one')).not.toBe(of('two'));
  });
});

describe('an assessment', () => {
  test('scores into the bin that the tendency gives, on any scale', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 0, max: 4 }), ({ scale, seed }, lean) => {
        const answers = answersFor(scale, lean, seed);
        expect(Object.keys(answers)).toHaveLength(scale.statements.length);
        expect(score(answers, scale)?.lean).toBe(lean);
      }),
    );
  });

  test('bins come in the shares of the crowd', () => {
    const crowd = crowdOf('spread', 10);
    expect(tally(crowd, 5, (nth) => leanOf(crowd, nth, 'q'))).toEqual([2, 2, 2, 2, 2]);
  });
});

describe('habits', () => {
  const habits = (count: number) => {
    const crowd = crowdOf('spread', count);
    return Array.from({ length: count }, (_, nth) => habitOf(crowd, nth, 'q', [2000, 8000]));
  };

  test('one of eleven keeps the ballot, two of twenty-four; a small room sends all it has', () => {
    const keepers = (count: number) => habits(count).filter(({ keeps }) => keeps).length;
    expect([5, 8, 10, 11, 12, 23, 24, 60].map(keepers)).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
  });

  test('some change their mind, everybody takes time, and no two the same', () => {
    const twelve = habits(12);
    expect(twelve.filter(({ changes }) => changes)).toHaveLength(2);
    for (const { thinks, hesitates } of twelve) {
      expect(thinks).toBeGreaterThanOrEqual(2000);
      expect(thinks).toBeLessThan(8000);
      expect(hesitates).toBeGreaterThan(1000);
    }
    expect(new Set(twelve.map(({ thinks }) => thinks)).size).toBe(12);
  });
});

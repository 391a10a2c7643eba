import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLICIES, type Outcome } from '#core/disclosure.ts';
import { publish, type Choice, type Release } from '#core/round.ts';
import { splits } from '#core/split.ts';

const spread = (...counts: number[]): Outcome => ({
  outcome: 'spread',
  n: counts.reduce((sum, count) => sum + count, 0),
  grain: 'cells',
  counts,
});
const release = (statements: Record<string, Outcome>): Release => ({
  question: 'lean',
  main: { outcome: 'withheld', minimum: 5 },
  statements,
});

describe('DISC-4: statements that split the room', () => {
  test('the larger the smaller camp, the higher; neutral does not count; ties by id', () => {
    const ranked = splits(
      release({
        z: spread(5, 0, 5),
        few: spread(1, 8, 3),
        b: spread(4, 2, 4),
        a: spread(4, 0, 6),
      }),
      3,
    );
    expect(ranked.map(({ statement }) => statement)).toEqual(['z', 'a', 'b']);
    expect(ranked[0]).toEqual({ statement: 'z', counts: [5, 0, 5], n: 10 });
  });

  test('a veiled or withheld statement has no rank, nor has one without two camps', () => {
    const ranked = splits(
      release({
        veiled: { outcome: 'veiled', n: 10, atLeast: 7, band: 0 },
        withheld: { outcome: 'withheld', minimum: 10 },
        onesided: spread(0, 6, 4),
        open: spread(2, 4, 4),
      }),
      9,
    );
    expect(ranked.map(({ statement }) => statement)).toEqual(['open']);
  });

  test('a release without statements has none', () => {
    expect(splits({ question: 'p', main: spread(5, 5) }, 3)).toEqual([]);
  });

  test('ranked from the release alone: rooms with one release have one ranking', () => {
    const ids = ['a', 'b', 'c'];
    const rooms = fc.array(
      fc
        .record({ lean: fc.nat(4), marks: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }) })
        .map((choice): Choice => choice),
      { minLength: 10, maxLength: 14 },
    );
    fc.assert(
      fc.property(rooms, (choices) => {
        const made = publish(
          { question: 'lean', form: 'assessment', statements: ids },
          choices,
          POLICIES.standard,
        );
        const stored = JSON.parse(JSON.stringify(made)) as Release;
        expect(splits(stored, 3)).toEqual(splits(made, 3));
        for (const { statement } of splits(made, 3))
          expect(made.statements?.[statement]?.outcome).toBe('spread');
      }),
    );
  });
});

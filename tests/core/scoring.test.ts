import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits, LEAN_BINS, MARKS, type Round } from '#core/round.ts';
import {
  assessmentChoice,
  markOf,
  score,
  strongest,
  type Answers,
  type Scale,
  type Statement,
} from '#core/scoring.ts';

const SIX = [1, 2, 3, 4, 5, 6];
const TWELVE: Scale = {
  statements: [
    ...SIX.map((n): Statement => ({ id: `s${n}`, pole: 0 })),
    ...SIX.map((n): Statement => ({ id: `e${n}`, pole: 1 })),
  ],
  balanced: 3,
  leaning: 9,
  high: 23,
  low: 15,
};

/** Six answers of one to five points that add up to `sum` (6 to 30), as even as they can be. */
function spreadOver(ids: string[], sum: number): Answers {
  const least = Math.floor(sum / ids.length);
  const more = sum - least * ids.length;
  return Object.fromEntries(ids.map((id, at) => [id, least + (at < more ? 1 : 0)]));
}

function answersWith(first: number, second: number): Answers {
  return {
    ...spreadOver(
      SIX.map((n) => `s${n}`),
      first,
    ),
    ...spreadOver(
      SIX.map((n) => `e${n}`),
      second,
    ),
  };
}

const scales = fc
  .record({
    poles: fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: 1, maxLength: 40 }),
    balanced: fc.nat(20),
    beyond: fc.nat(20),
    low: fc.nat(100),
    above: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ poles, balanced, beyond, low, above }): Scale => ({
    statements: poles.map((pole, at) => ({ id: `q${at}`, pole })),
    balanced,
    leaning: balanced + beyond,
    low,
    high: low + above,
  }));

const scored = scales.chain((scale) =>
  fc.record({
    scale: fc.constant(scale),
    answers: fc
      .array(fc.integer({ min: 1, max: 5 }), {
        minLength: scale.statements.length,
        maxLength: scale.statements.length,
      })
      .map((points): Answers =>
        Object.fromEntries(scale.statements.map(({ id }, at) => [id, points[at]!])),
      ),
  }),
);

describe('score', () => {
  test('the sums are bounded by 6 and 30, the difference by 24', () => {
    expect(score(answersWith(6, 30), TWELVE)).toMatchObject({ sums: [6, 30], delta: 24, lean: 4 });
    expect(score(answersWith(30, 6), TWELVE)).toMatchObject({ sums: [30, 6], delta: -24, lean: 0 });
  });

  test.each([
    [-24, 0],
    [-10, 0],
    [-9, 1],
    [-4, 1],
    [-3, 2],
    [-1, 2],
    [0, 2],
    [1, 2],
    [3, 2],
    [4, 3],
    [9, 3],
    [10, 4],
    [24, 4],
  ])('a difference of %i is bin %i', (delta, lean) => {
    const first = delta < 0 ? 30 : 30 - delta;
    const result = score(answersWith(first, first + delta), TWELVE);
    expect(result).toMatchObject({ delta, lean });
    expect(Object.is(result?.lean, -0)).toBe(false);
  });

  test.each([
    [25, 12, 'first'],
    [12, 16, 'second'],
    [23, 23, 'both'],
    [23, 26, 'both'],
    [23, 22, 'hybrid'],
    [22, 22, 'hybrid'],
    [16, 15, 'hybrid'],
    [15, 15, 'neither'],
    [15, 12, 'neither'],
    [6, 6, 'neither'],
    [15, 11, 'first'],
    [24, 30, 'second'],
  ])('assess.reading, decide.neither: %i and %i read as %s', (first, second, reading) => {
    expect(score(answersWith(first, second), TWELVE)?.reading).toBe(reading);
  });

  test('an answer that is missing, or none of 1 to 5, gives no result and no ballot', () => {
    const whole = answersWith(18, 18);
    for (const { id } of TWELVE.statements) {
      const rest: Answers = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== id));
      expect(score(rest, TWELVE)).toBeNull();
      expect(assessmentChoice(rest, TWELVE)).toBeNull();
      for (const bad of [0, 6, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])
        expect(score({ ...whole, [id]: bad }, TWELVE)).toBeNull();
    }
  });

  test('answers to statements that the scale does not have change nothing', () => {
    const whole = answersWith(20, 17);
    expect(score({ ...whole, other: 5 }, TWELVE)).toEqual(score(whole, TWELVE));
  });

  test('any scale: a bin within five, the side by the sign, and the reading of that bin', () => {
    fc.assert(
      fc.property(scored, ({ scale, answers }) => {
        const result = score(answers, scale)!;
        const total = Object.values(answers).reduce((sum, points) => sum + points, 0);
        expect(result.sums[0] + result.sums[1]).toBe(total);
        expect(result.delta).toBe(result.sums[1] - result.sums[0]);
        expect(Number.isInteger(result.lean)).toBe(true);
        const side = Math.sign(result.lean - 2);
        if (side !== 0) expect(side).toBe(Math.sign(result.delta));
        expect(side === 0).toBe(Math.abs(result.delta) <= scale.balanced);
        expect(Math.abs(result.lean - 2) === 2).toBe(Math.abs(result.delta) > scale.leaning);
        const allowed =
          side < 0 ? ['first'] : side > 0 ? ['second'] : ['both', 'hybrid', 'neither'];
        expect(allowed).toContain(result.reading);
      }),
    );
  });

  test('any scale: turning the poles around turns bin and side around', () => {
    fc.assert(
      fc.property(scored, ({ scale, answers }) => {
        const turned: Scale = {
          ...scale,
          statements: scale.statements.map(({ id, pole }) => ({ id, pole: pole === 0 ? 1 : 0 })),
        };
        const [here, there] = [score(answers, scale)!, score(answers, turned)!];
        expect(there.lean).toBe(LEAN_BINS - 1 - here.lean);
        expect(there.sums).toEqual([here.sums[1], here.sums[0]]);
      }),
    );
  });
});

describe('the ballot of an assessment (DISC-4)', () => {
  test.each([
    [1, 'disagree'],
    [2, 'disagree'],
    [3, 'neutral'],
    [4, 'agree'],
    [5, 'agree'],
  ])('an answer of %i leaves the phone as %s', (answer, mark) => {
    expect(MARKS[markOf(answer)]).toBe(mark);
  });

  test('lean and one mark per statement in content order, and nothing else; it fits its round', () => {
    fc.assert(
      fc.property(scored, ({ scale, answers }) => {
        const choice = assessmentChoice(answers, scale)!;
        const ids = scale.statements.map(({ id }) => id);
        expect(choice).toEqual({
          lean: score(answers, scale)!.lean,
          marks: ids.map((id) => markOf(answers[id]!)),
        });
        const round: Round = { question: 'lean', form: 'assessment', statements: ids };
        expect(fits(round, choice)).toBe(true);
      }),
    );
  });
});

describe('strongest', () => {
  test('the highest of one pole first, ties in content order, none below 4, at most so many', () => {
    const answers = { ...answersWith(18, 18), s2: 4, s4: 5, s6: 4, e1: 5 };
    expect(strongest(answers, TWELVE, 0, 3)).toEqual(['s4', 's2', 's6']);
    expect(strongest(answers, TWELVE, 0, 2)).toEqual(['s4', 's2']);
    expect(strongest(answers, TWELVE, 1, 3)).toEqual(['e1']);
    expect(strongest({}, TWELVE, 0, 3)).toEqual([]);
  });
});

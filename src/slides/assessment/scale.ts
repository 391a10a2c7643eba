/** Whether a scale can read its statements at all; a slip here would mislead a whole room. */
import type { Scale } from '#core/scoring.ts';
import type { Fault, Poles } from '../kind.ts';

const LEAST = 1;
const NEUTRAL = 3;
const MOST = 5;

type Thresholds = Omit<Scale, 'statements'>;

/**
 * @param statements each with the id of the pole it scores for; unknown poles are not counted
 * @returns one fault per thing that is wrong, in the scale's own points
 */
export function scaleFaults(
  statements: readonly { pole: string }[],
  scale: Thresholds,
  poles: Poles,
): Fault[] {
  const sizes = poles.map(({ id }) => statements.filter(({ pole }) => pole === id).length);
  const missing = poles.filter((_, index) => sizes[index] === 0);
  if (missing.length > 0)
    return missing.map(({ id }) => ({
      path: ['statements'],
      message: `expected at least one statement for the pole "${id}", got none`,
    }));
  const smaller = Math.min(...sizes);
  const larger = Math.max(...sizes);
  const widest = smaller * MOST - larger * LEAST;
  const tilt = NEUTRAL * (larger - smaller);
  return [
    expect(
      scale.balanced >= tilt,
      'balanced',
      `expected at least ${tilt}, so that somebody neutral throughout comes out balanced, got ${scale.balanced}`,
    ),
    // With fewer statements the marks could undo the veil on a balanced room (T2, src/core/README.md).
    expect(
      2 * scale.balanced < larger + smaller,
      'balanced',
      `expected less than half the number of statements (${larger + smaller}), so that their results cannot tell who is balanced, got ${scale.balanced}`,
    ),
    expect(
      scale.leaning > scale.balanced,
      'leaning',
      `expected more than balanced (${scale.balanced}), got ${scale.leaning}`,
    ),
    expect(
      scale.leaning < widest,
      'leaning',
      `expected less than ${widest}, the largest difference both sides can reach, got ${scale.leaning}`,
    ),
    expect(
      scale.high <= smaller * MOST,
      'high',
      `expected at most ${smaller * MOST}, the most that the shorter side can give, got ${scale.high}`,
    ),
    expect(
      scale.low >= larger * LEAST,
      'low',
      `expected at least ${larger * LEAST}, the least that the longer side can give, got ${scale.low}`,
    ),
    expect(
      scale.low < scale.high,
      'low',
      `expected less than high (${scale.high}), got ${scale.low}`,
    ),
  ].flat();
}

function expect(holds: boolean, field: keyof Thresholds, message: string): Fault[] {
  return holds ? [] : [{ path: ['scale', field], message }];
}

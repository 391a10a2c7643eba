/**
 * The shape of a published result, for the question to ask about it. Made of the release alone: a
 * prompt can tell nobody more than the picture does (DISC-9).
 */
import type { Outcome } from './disclosure.ts';

/** `band`: where most are, as an index into bands; on a scale with a middle 0, 1 (the middle) or 2. */
export type Shape =
  /** Too few for a picture (DISC-1). */
  | { is: 'withheld' }
  /** Nearly all in one band; exact numbers are veiled (DISC-3). */
  | { is: 'veiled'; band: number }
  /** Half or more in one band, not the middle, and no camp against it. */
  | { is: 'one-sided'; band: number }
  /** Half or more in between. */
  | { is: 'middle' }
  /** Two large camps, few others. */
  | { is: 'split' }
  | { is: 'spread' };

/** From here on a band is a camp of its own, beside another one. */
const CAMP = 1 / 3;
const HALF = 1 / 2;
/** Two camps leave less than this in the middle: a room spread evenly has a fifth there. */
const BETWEEN = 1 / 6;
/** Of options, what two camps leave for all the others. */
const OTHERS = 1 / 4;

/**
 * @param outcome a release's main outcome
 * @param middle whether the scale runs from one end over a middle to the other; its five cells nest into three
 */
export function shapeOf(outcome: Outcome, middle: boolean): Shape {
  switch (outcome.outcome) {
    case 'withheld':
      return { is: 'withheld' };
    case 'veiled':
      return { is: 'veiled', band: outcome.band };
    case 'spread':
      return middle
        ? onScale(bandsOf(outcome.counts), outcome.n)
        : ofOptions(outcome.counts, outcome.n);
  }
}

function onScale([first, between, second]: readonly [number, number, number], n: number): Shape {
  const smaller = Math.min(first, second);
  if (smaller >= n * CAMP && between < n * BETWEEN) return { is: 'split' };
  if (between >= n * HALF) return { is: 'middle' };
  if (Math.max(first, second) >= n * HALF && smaller < n * CAMP)
    return { is: 'one-sided', band: first > second ? 0 : 2 };
  return { is: 'spread' };
}

function ofOptions(counts: readonly number[], n: number): Shape {
  const [most = 0, next = 0] = [...counts].sort((a, b) => b - a);
  if (next >= n * CAMP && n - most - next <= n * OTHERS) return { is: 'split' };
  if (most >= n * HALF && next < n * CAMP) return { is: 'one-sided', band: counts.indexOf(most) };
  return { is: 'spread' };
}

function bandsOf(counts: readonly number[]): [number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = counts;
  return counts.length === 3 ? [a, b, c] : [a + b, c, d + e];
}

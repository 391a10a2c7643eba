/**
 * What may be shown of a closed round. The one place that decides it: the server publishes
 * through it, the tests enumerate it. Rules DISC-1 to DISC-4 of the disclosure policy.
 */

/** Thresholds, frozen when a session is created (DISC-8). All numbers are counts of ballots. */
export interface Policy {
  name: PolicyName;
  /** DISC-1: below this many ballots nothing is published. */
  minimum: number;
  /** DISC-2: from here on nested cells are shown one by one, below only their bands. */
  finestFrom: number;
  /** DISC-4: below this many ballots no statement is published. */
  statementsFrom: number;
  /** DISC-3: veil margin t for rooms smaller than `finestFrom`. */
  veilSmall: number;
  /** DISC-3: least veil margin from `finestFrom` on. */
  veilLarge: number;
  /** DISC-3: from `finestFrom` on, t is at least one in this many. */
  veilShare: number;
}

export type PolicyName = 'standard' | 'strict';

/** `strict` may replace `standard` at creation; nothing looser exists (DISC-8). Both keep n ≥ 2t + 1. */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = {
  standard: {
    name: 'standard',
    minimum: 5,
    finestFrom: 8,
    statementsFrom: 10,
    veilSmall: 2,
    veilLarge: 3,
    veilShare: 5,
  },
  strict: {
    name: 'strict',
    minimum: 8,
    finestFrom: 12,
    statementsFrom: 15,
    veilSmall: 3,
    veilLarge: 4,
    veilShare: 4,
  },
};

/** Which cells belong together, as indexes: `[[0, 1], [2], [3, 4]]`. One cell a band where options do not nest. */
export type Bands = readonly (readonly number[])[];

/** Five-point spectra and the five lean bins nest into three bands (DISC-2). */
export const FIVE_IN_THREE: Bands = [[0, 1], [2], [3, 4]];

/** Bands for options that do not nest. */
export function flatBands(cells: number): Bands {
  return Array.from({ length: cells }, (_, cell) => [cell]);
}

export type Outcome =
  | { outcome: 'withheld'; minimum: number }
  /** “`atLeast` or more of `n`”: the band's index, never its exact count. */
  | { outcome: 'veiled'; n: number; atLeast: number; band: number }
  /** `counts` per band or per cell, by `grain`. */
  | { outcome: 'spread'; n: number; grain: 'bands' | 'cells'; counts: number[] };

/** The veil margin t for n ballots (DISC-3): a room is veiled when all but at most t sit in one band. */
export function veilMargin(n: number, policy: Policy): number {
  return n < policy.finestFrom
    ? policy.veilSmall
    : Math.max(policy.veilLarge, Math.ceil(n / policy.veilShare));
}

/**
 * Publishes one tally under DISC-1 to DISC-3.
 * @param counts ballots per cell, whole numbers ≥ 0, one entry per cell of `bands`
 * @param policy as the session keeps it; half a policy would compare with nothing and show everything
 * @param minimum for statements, which need more ballots (DISC-4); never below the policy's (DISC-8)
 * @throws RangeError for counts that are no counts, bands that do not hold every cell once, or
 *   thresholds that are no whole numbers: a tally that cannot be trusted is not published
 */
export function disclose(
  counts: readonly number[],
  bands: Bands,
  policy: Policy,
  minimum: number = policy.minimum,
): Outcome {
  requireTally(counts, bands);
  requireThresholds(policy);
  const n = sum(counts);
  const least = Math.max(minimum, policy.minimum);
  if (n < least) return { outcome: 'withheld', minimum: least };
  const perBand = bands.map((band) => sum(band.map((cell) => counts[cell] ?? 0)));
  const largest = Math.max(...perBand);
  const atLeast = n - veilMargin(n, policy);
  if (largest >= atLeast) return { outcome: 'veiled', n, atLeast, band: perBand.indexOf(largest) };
  const nested = bands.length < counts.length;
  return nested && n < policy.finestFrom
    ? { outcome: 'spread', n, grain: 'bands', counts: perBand }
    : { outcome: 'spread', n, grain: 'cells', counts: [...counts] };
}

function requireTally(counts: readonly number[], bands: Bands): void {
  const cells = bands.flat().sort((a, b) => a - b);
  const partition = cells.length === counts.length && cells.every((cell, at) => cell === at);
  const whole = counts.every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!partition || !whole)
    throw new RangeError('a tally has a whole count per cell, each in one band');
}

function requireThresholds(policy: Policy): void {
  const { minimum, finestFrom, statementsFrom, veilSmall, veilLarge, veilShare } = policy;
  const all = [minimum, finestFrom, statementsFrom, veilSmall, veilLarge, veilShare];
  if (!all.every((each) => Number.isSafeInteger(each) && each > 0))
    throw new RangeError('a policy has six thresholds, whole numbers above 0');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

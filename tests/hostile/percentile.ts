/** Shares of what was measured, and how sure they are. */
import { chance } from '../faults/chance.ts';

/** @param share from 0 to 1. @returns NaN of nothing */
export function percentile(values: readonly number[], share: number): number {
  return ranked(Float64Array.from(values).sort(), share);
}

function ranked(sorted: Float64Array, share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

export interface Rise {
  /** How much higher the percentile is, as a share: 0.1 is 10 %. */
  is: number;
  /** It lies between these in 95 of 100 runs like this one. */
  from: number;
  to: number;
}

const DRAWS = 500;

/**
 * The rise of a percentile over all windows together. Its interval is a bootstrap over turns, for what
 * disturbs one question of a window disturbs its neighbours: single questions would look far surer than
 * they are.
 * @param turns what was measured without and with, in windows of the same few seconds
 * @param seed the same interval for the same figures
 */
export function riseOf(
  turns: readonly (readonly [without: readonly number[], withIt: readonly number[]])[],
  share: number,
  seed = 1,
): Rise {
  const rise = (of: typeof turns) => {
    const [without, withIt] = [0, 1].map((at) =>
      percentile(
        of.flatMap((turn) => turn[at] ?? []),
        share,
      ),
    ) as [number, number];
    return withIt / without - 1;
  };
  const dice = chance(seed);
  const draw = () => turns.map(() => turns[dice.whole(turns.length)] ?? [[], []]);
  const drawn = Array.from({ length: DRAWS }, () => rise(draw() as typeof turns));
  return { is: rise(turns), from: percentile(drawn, 0.025), to: percentile(drawn, 0.975) };
}

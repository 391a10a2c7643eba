/** Medians, percentiles, and what a measurement gives. */

/** One line of the table. */
export interface Figure {
  scenario: string;
  /** What is measured, with its unit. */
  what: string;
  product: number;
  /** The raw reference in the same run; null where there is none. */
  raw: number | null;
  /** At most this: a ratio to the reference where there is one, else a value; null: reported only. */
  target: number | null;
  /** The lowest and highest of the repetitions, as ratio or value. */
  spread: [number, number] | null;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share from 0 to 1. @returns NaN for no values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at % 1);
}

/** A figure from repetitions in pairs; the ratio is the median of the pairs' own ratios. */
export function compared(
  scenario: string,
  what: string,
  pairs: readonly { product: number; raw: number }[],
  target: number | null,
): Figure {
  const ratios = pairs.map(({ product, raw }) => product / raw);
  const raw = median(pairs.map((pair) => pair.raw));
  const spread: [number, number] = [Math.min(...ratios), Math.max(...ratios)];
  return { scenario, what, product: median(ratios) * raw, raw, target, spread };
}

/** A figure without a reference. */
export function alone(
  scenario: string,
  what: string,
  values: readonly number[],
  target: number | null,
): Figure {
  const spread: [number, number] = [Math.min(...values), Math.max(...values)];
  return { scenario, what, product: median(values), raw: null, target, spread };
}

/** Whether the target is met; null where there is none. */
export function isMet({ product, raw, target }: Figure): boolean | null {
  if (target === null) return null;
  return (raw === null ? product : product / raw) <= target;
}

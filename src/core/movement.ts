/** How a feeling between the poles moved. The phone computes it: only the movement leaves it (DISC-7). */

/** Cells of a feeling: 0 clearly the first pole, 2 undecided, 4 clearly the second. */
export const FEELINGS = 5;

/**
 * The movement ballot's cell: 0 toward the first pole, 1 unchanged, 2 toward the second.
 * How far it moved is lost on purpose.
 * @param before the early feeling, 0 to 4
 * @param after the feeling now, 0 to 4
 * @returns null unless both are feelings: somebody who came later has nothing to compare
 */
export function movementOf(before: number | undefined, after: number | undefined): number | null {
  if (!isFeeling(before) || !isFeeling(after)) return null;
  return 1 + Math.sign(after - before);
}

function isFeeling(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < FEELINGS;
}

/** The length of a plan: one sum for the start page, the console and the content check. */

/**
 * What the steps take together, the lobby included.
 * @param extra minutes that the plan was given since, or lost
 * @returns whole minutes
 */
export function planMinutes(steps: readonly { minutes: number }[], extra = 0): number {
  return Math.round(steps.reduce((total, { minutes }) => total + minutes, 0)) + extra;
}

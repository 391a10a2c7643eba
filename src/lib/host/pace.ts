/** The facilitator's clock: this step against its budget, the room against its plan. */

export interface PlanPosition {
  /** Minutes per step, in the order of the agenda. */
  minutes: readonly number[];
  /** Position of the present step, from 0. */
  position: number;
  /** When the room left the first step, or null; ms since 1970, as are the next two. */
  startedAt: number | null;
  stepSince: number;
  now: number;
  /** Minutes that the plan was given since, or lost. */
  extra: number;
}

/** All times in milliseconds. */
export interface Pace {
  /** Time in this step, and what it was meant to take. */
  elapsed: number;
  budget: number;
  /** Behind the plan when positive, ahead when negative; null until the room has left the lobby. */
  drift: number | null;
  /** When the last step would end if every step from here on kept its budget; ms since 1970. */
  endsAt: number;
  /** When the plan ends; null until the room has left the lobby, whose end starts the clock. */
  plannedEnd: number | null;
}

/** Less than this is “on time”: people read a clock in minutes. */
export const ON_TIME_MS = 60_000;

const MINUTE_MS = 60_000;

/**
 * A step that is within its budget is expected to use all of it: a room is not ahead because a
 * step has just begun, only because it came to it early.
 */
export function paceOf(plan: PlanPosition): Pace {
  const { minutes, position, startedAt, stepSince, now, extra } = plan;
  const budget = (minutes[position] ?? 0) * MINUTE_MS;
  const stepEnds = Math.max(now, stepSince + budget);
  const planned = length(minutes.slice(1, position + 1)) + extra * MINUTE_MS;
  return {
    elapsed: Math.max(0, now - stepSince),
    budget,
    drift: startedAt === null ? null : stepEnds - startedAt - planned,
    // The lobby ends when everybody is in, not after its budget.
    endsAt:
      (startedAt === null && position === 0 ? now : stepEnds) + length(minutes.slice(position + 1)),
    plannedEnd:
      startedAt === null ? null : startedAt + length(minutes.slice(1)) + extra * MINUTE_MS,
  };
}

export type Standing = 'waiting' | 'on-time' | 'ahead' | 'behind';

/** The pace in one word; the minutes that go with it are `Math.abs(drift)`. */
export function standingOf(pace: Pick<Pace, 'drift'>): Standing {
  if (pace.drift === null) return 'waiting';
  if (Math.abs(pace.drift) < ON_TIME_MS) return 'on-time';
  return pace.drift > 0 ? 'behind' : 'ahead';
}

/** `4:05` from milliseconds ≥ 0; hours are counted in minutes, as a facilitator counts them. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole minutes, never 0 for something that counts. */
export function wholeMinutes(ms: number): number {
  return Math.max(1, Math.round(Math.abs(ms) / MINUTE_MS));
}

function length(minutes: readonly number[]): number {
  return minutes.reduce((total, each) => total + each, 0) * MINUTE_MS;
}

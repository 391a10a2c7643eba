/** Somebody's own plan: a trial, one “if … then”, dates, an audit. It never leaves the phone (DISC-12). */
import { addDays, daysBetween, isDay, onWeekday } from './days.ts';

/** The steps of making a plan, in their order; `made`: it is looked at, not made. */
export const PHASES = ['trial', 'commitment', 'dates', 'audit', 'made'] as const;
export type PlanPhase = (typeof PHASES)[number];

export interface AuditPlan {
  weeks: number;
  /** The first day that is tagged. */
  from: string;
  /** When one looks back at the week: 0 Sunday to 6 Saturday. */
  weekday: number;
}

export interface Plan {
  /** Random. Calendar entries keep it, so that a later file moves them instead of adding new ones. */
  id: string;
  /** Rises with each calendar file. */
  issue: number;
  phase: PlanPhase;
  /**
   * As the workshop words it, for one of its poles (0 or 1), or in one's own words (null). `at`: which
   * of the pole's trials it is, whatever language they are read in; missing in older plans.
   */
  trial: { pole: 0 | 1 | null; at?: number; text: string } | null;
  /** The halves of “If …, then I will …”, as typed. */
  when: string;
  then: string;
  /** Days, or empty. */
  start: string;
  review: string;
  audit: AuditPlan | null;
}

/** Friday: the week is still fresh. */
const WEEKDAY = 5;
const MONDAY = 1;

export function newPlan(id: string): Plan {
  return {
    id,
    issue: 0,
    phase: 'trial',
    trial: null,
    when: '',
    then: '',
    start: '',
    review: '',
    audit: null,
  };
}

/**
 * Turns to a step. The first look at the dates finds them filled in: the coming Monday, and the
 * workshop's length of a trial later.
 */
export function turnTo(plan: Plan, phase: PlanPhase, today: string, trialWeeks: number): Plan {
  if (phase !== 'dates' || plan.start !== '' || plan.review !== '') return { ...plan, phase };
  const start = comingMonday(today);
  return { ...plan, phase, start, review: addDays(start, 7 * trialWeeks) };
}

/** Moves the start; the day of looking back moves along, so that the trial keeps its length. */
export function moveStart(plan: Plan, start: string): Plan {
  if (!isDay(start) || !isDay(plan.start) || !isDay(plan.review)) return { ...plan, start };
  return { ...plan, start, review: addDays(plan.review, daysBetween(plan.start, start)) };
}

/** An audit of this many weeks: one that was planned keeps its days. */
export function auditOf(plan: Plan, weeks: number, today: string): AuditPlan {
  const from = isDay(plan.start) ? plan.start : comingMonday(today);
  return { from, weekday: WEEKDAY, ...plan.audit, weeks };
}

/** A plan whose trial is worded as the workshop words it here. @param trials per pole */
export function inWords(plan: Plan, trials: readonly [string[], string[]]): Plan {
  const { trial } = plan;
  if (trial?.at === undefined || trial.pole === null) return plan;
  return { ...plan, trial: { ...trial, text: trials[trial.pole][trial.at] ?? trial.text } };
}

/** The days of a plan, in their order; only those that make sense. */
export interface PlanDays {
  start: string | null;
  /** Halfway, of a trial of at least two weeks. */
  half: string | null;
  review: string | null;
  /** The weekly look back: the first and the last. */
  audit: { first: string; last: string; weeks: number } | null;
}

export function daysOf({ start: from, review: until, audit }: Plan): PlanDays {
  const start = isDay(from) ? from : null;
  const review = isDay(until) && (start === null || until > start) ? until : null;
  const length = start && review ? daysBetween(start, review) : 0;
  const half = start && length >= 14 ? addDays(start, 7 * Math.round(length / 14)) : null;
  if (!audit || !isDay(audit.from)) return { start, half, review, audit: null };
  const first = onWeekday(audit.from, audit.weekday);
  const last = addDays(first, 7 * (audit.weeks - 1));
  return { start, half, review, audit: { first, last, weeks: audit.weeks } };
}

function comingMonday(today: string): string {
  return onWeekday(addDays(today, 1), MONDAY);
}

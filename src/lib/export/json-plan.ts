/** The plan of a summary in JSON. */
import { m } from '$lib/i18n/paraglide/messages';
import type { PlanSummary } from '$lib/seat/plan/summary.ts';
import {
  date,
  field,
  list,
  oneOf,
  orNull,
  text,
  textOrNull,
  wholeNumber,
  type Read,
} from './fields.ts';

type Audit = NonNullable<PlanSummary['audit']>;

const side = orNull(oneOf([0, 1] as const, m.export_expected_pole));
const weeks = wholeNumber(1, null, m.export_expected_points);

export const plan: Read<PlanSummary> = (value, path) => ({
  trial: field(value, path, 'trial', textOrNull),
  pole: field(value, path, 'pole', side),
  signal: field(value, path, 'signal', textOrNull),
  if: field(value, path, 'if', textOrNull),
  then: field(value, path, 'then', textOrNull),
  start: field(value, path, 'start', orNull(date)),
  half: field(value, path, 'half', orNull(date)),
  review: field(value, path, 'review', orNull(date)),
  audit: field(value, path, 'audit', orNull(audit)),
});

/** Format 1: text or null. Nobody knows which part of a plan it was; the trial says it best. */
export const oldPlan: Read<PlanSummary | null> = (value, path) => {
  const trial = textOrNull(value, path);
  if (trial === null) return null;
  const nothing = { pole: null, signal: null, if: null, then: null };
  return { trial, ...nothing, start: null, half: null, review: null, audit: null };
};

const activity: Read<Audit['activities'][number]> = (value, path) => ({
  name: field(value, path, 'name', text),
  pole: field(value, path, 'pole', side),
  examples: field(value, path, 'examples', text),
});

const audit: Read<Audit> = (value, path) => ({
  weeks: field(value, path, 'weeks', weeks),
  first: field(value, path, 'first', date),
  last: field(value, path, 'last', date),
  activities: field(value, path, 'activities', list(activity)),
  reading: field(value, path, 'reading', list(text)),
});

/** A plan as it is taken home: what it says, without what only its making needs; and its words. */
import { m } from '$lib/i18n/paraglide/messages';
import type { Locale } from '$lib/i18n/paraglide/runtime';
import type { AuditGuide, Guide } from '#protocol/workbook.ts';
import { daysOf, type Plan } from './plan.ts';

export interface PlanSummary {
  trial: string | null;
  /** Whose trial it is; null: in one's own words. */
  pole: 0 | 1 | null;
  /** How one can tell that it suits; null: not known. */
  signal: string | null;
  /** The halves of “If …, then I will …”. */
  if: string | null;
  then: string | null;
  /** Days such as `2026-11-23`. */
  start: string | null;
  half: string | null;
  review: string | null;
  /** First and last weekly look back; what to tag and how to read it, as the workshop says. */
  audit:
    | ({ weeks: number; first: string; last: string } & Pick<AuditGuide, 'activities' | 'reading'>)
    | null;
}

/** @returns null when the plan says nothing yet */
export function summaryOf(
  plan: Plan | null,
  guide: Pick<Guide, 'signals' | 'audit'> | null,
): PlanSummary | null {
  if (!plan) return null;
  const { start, half, review, audit } = daysOf(plan);
  const trial = filled(plan.trial?.text);
  const pole = trial === null ? null : (plan.trial?.pole ?? null);
  const { activities, reading } = guide?.audit ?? { activities: [], reading: [] };
  const summary: PlanSummary = {
    trial,
    pole,
    signal: pole === null ? null : (guide?.signals[pole] ?? null),
    if: filled(plan.when),
    then: filled(plan.then),
    start,
    half,
    review,
    audit: audit && { ...audit, activities, reading },
  };
  return Object.values(summary).some((value) => value !== null) ? summary : null;
}

/** One line of a plan in words. */
export interface PlanRow {
  label: string;
  text: string;
}

/** @param say a day in words. @param locale of the words; the interface's by default */
export function planRows(
  plan: PlanSummary | null,
  say: (day: string) => string,
  locale?: Locale,
): PlanRow[] {
  if (!plan) return [];
  const speak = locale ? { locale } : {};
  const { start, half, review, audit } = plan;
  const rows: [string, string | null][] = [
    [m.plan_made_trial({}, speak), plan.trial],
    [m.plan_made_signal({}, speak), plan.signal],
    [m.plan_made_commitment({}, speak), commitmentOf(plan, locale)],
    [m.plan_made_start({}, speak), start && say(start)],
    [m.plan_made_half({}, speak), half && say(half)],
    [m.plan_made_review({}, speak), review && say(review)],
    [
      m.plan_made_audit({}, speak),
      audit &&
        m.plan_made_audit_line(
          { weeks: audit.weeks, first: say(audit.first), last: say(audit.last) },
          speak,
        ),
    ],
  ];
  return rows.flatMap(([label, text]) => (text === null ? [] : [{ label, text }]));
}

/** The whole sentence, of whatever halves there are; null without any. */
export function commitmentOf(
  { if: moment, then: act }: Pick<PlanSummary, 'if' | 'then'>,
  locale?: Locale,
): string | null {
  const speak = locale ? { locale } : {};
  if (moment && act) return m.plan_sentence({ when: bare(moment), then: bare(act) }, speak);
  return moment ?? act;
}

function filled(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Without the stops that the sentence brings along itself. */
function bare(half: string): string {
  return half.trim().replace(/[\s.,…]+$/, '');
}

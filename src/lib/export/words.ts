/** The words around a summary, in the language of its workshop, so that one file speaks one language. */
import { m } from '$lib/i18n/paraglide/messages';
import type { Locale } from '$lib/i18n/paraglide/runtime';
import { longDay } from '$lib/seat/plan/days.ts';
import { planRows } from '$lib/seat/plan/summary.ts';
import { localeOf } from '$lib/i18n/locale.ts';
import type { TakeHome } from './take-home.ts';

export type Words = ReturnType<typeof wordsFor>;

/** Falls back to the interface's language where the workshop's has no texts yet. */
export function wordsFor(takeHome: TakeHome) {
  const { language, poles, lean } = takeHome;
  const locale = localeOf(language);
  const speak = { locale };
  const pole = (lean < 2 ? poles[0] : poles[1]).short;
  return {
    summary: m.export_summary({}, speak),
    title: m.export_title(
      { workshop: takeHome.workshop, date: longDate(takeHome.date, language) },
      speak,
    ),
    date: longDate(takeHome.date, language),
    for: (name: string) => m.export_for({ name }, speak),
    lean: m.export_lean({}, speak),
    leanWords:
      lean === 2
        ? m.lean_balanced({}, speak)
        : lean === 0 || lean === 4
          ? m.lean_strong({ pole }, speak)
          : m.lean_some({ pole }, speak),
    scores: m.export_scores({}, speak),
    score: (sum: number, most: number) => m.export_score({ sum, most }, speak),
    side: (side: 0 | 1) => {
      const { name, sum, most } = poles[side];
      return m.export_side({ pole: name, sum, most }, speak);
    },
    strongest: m.export_strongest({}, speak),
    strongestNone: m.export_strongest_none({}, speak),
    weakest: m.export_weakest({}, speak),
    next: m.export_next({}, speak),
    tests: m.export_tests({}, speak),
    trials: m.export_trials({}, speak),
    room: m.export_room({}, speak),
    plan: m.export_plan({}, speak),
    planRows: planRows(takeHome.plan, (day) => longDay(day, language), locale),
    activities: m.plan_audit_what({}, speak),
    reading: m.plan_audit_how({}, speak),
    statements: m.export_statements({}, speak),
    scale: m.export_scale({}, speak),
    columns: [m.export_column_statement({}, speak), m.export_column_answer({}, speak)] as const,
    answer: (answer: number) => answerWords(answer, locale),
    footer: m.export_footer({}, speak),
    page: (page: number, pages: number) => m.export_page({ page, pages }, speak),
    missing: m.export_missing({}, speak),
  };
}

function answerWords(answer: number, locale: Locale): string {
  const words = [
    m.export_answer_1,
    m.export_answer_2,
    m.export_answer_3,
    m.export_answer_4,
    m.export_answer_5,
  ][answer - 1];
  return words ? words({}, { locale }) : '';
}

/** `2026-11-23` as “23 November 2026”: the day itself, whatever the phone's time zone. */
function longDate(date: string, language: string): string {
  // A workshop says `en` and means British English, as all texts of the interface do.
  const spoken = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(spoken, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

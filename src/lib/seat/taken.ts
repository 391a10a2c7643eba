/** The summary of what a record holds. Apart from the formats, which are fetched when they are asked for. */
import { buildTakeHome, type TakeHome } from '$lib/export/take-home.ts';
import { localeOf } from '$lib/i18n/locale.ts';
import { outcomeSentence } from '$lib/ui/charts/outcome.ts';
import { leanLabels } from '$lib/ui/labels.ts';
import type { Workbook } from '#protocol/workbook.ts';
import { inWords } from './plan/plan.ts';
import { summaryOf } from './plan/summary.ts';
import type { KeptAssessment, SeatRecord } from './record.ts';
import { toldOf } from './told.ts';

/**
 * @param workbooks as `workbooksOf` gives them
 * @returns null until every statement is answered, and of a record that never met its workshop
 */
export function takeHomeOf(
  record: SeatRecord,
  kept: KeptAssessment,
  workbooks: readonly Workbook[],
): TakeHome | null {
  const told = toldOf(record, kept, workbooks);
  if (!told) return null;
  const { title, language, poles, slide, workbook } = told;
  const locale = localeOf(language);
  const { cells, bands } = leanLabels(poles, locale);
  const { published } = record;
  const plan = record.plans[slide.question] ?? null;
  return buildTakeHome({
    workshop: title,
    workshopId: record.workshop,
    language,
    date: record.day,
    poles,
    assessment: slide,
    answers: kept.answers,
    name: record.name,
    room: published && outcomeSentence(published, cells, bands, locale),
    plan: summaryOf(plan && inWords(plan, slide.trials), workbook?.guide ?? null),
  });
}

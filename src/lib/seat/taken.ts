/** The summary of what a record holds. Apart from the formats, which are fetched when they are asked for. */
import { buildTakeHome, type TakeHome } from '$lib/export/take-home.ts';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Guide } from '#protocol/workbook.ts';
import { summaryOf } from './plan/summary.ts';
import type { KeptAssessment, SeatRecord } from './record.ts';

/** @returns null until every statement is answered, and of a record that never met its workshop */
export function takeHomeOf(
  record: SeatRecord,
  kept: KeptAssessment,
  guide: Guide | null,
): TakeHome | null {
  if (!record.poles) return null;
  return buildTakeHome({
    workshop: record.title,
    workshopId: record.workshop,
    language: record.language || getLocale(),
    date: record.day,
    poles: record.poles,
    assessment: kept.slide,
    answers: kept.answers,
    name: record.name,
    room: record.published,
    plan: summaryOf(record.plans[kept.slide.question] ?? null, guide),
  });
}

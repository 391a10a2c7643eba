/**
 * In whose words somebody's answers are told. A record holds ids, and the texts as they were answered;
 * where this device has the workshop in the language that is read now, it is told in that one.
 */
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Workbook } from '#protocol/workbook.ts';
import type { AssessmentSlide } from '#slides/assessment/kind.ts';
import type { KeptAssessment, SeatRecord } from './record.ts';
import type { Poles } from './slide-props.ts';
import type { PhoneStorage } from './storage.ts';
import { keptWorkbook } from './workbook.ts';

export interface Told {
  title: string;
  /** Of title, poles and slide: `en`, `de-CH`. */
  language: string;
  poles: Poles;
  slide: AssessmentSlide;
  workbook: Workbook | null;
}

/** The workshop's language that is wanted: the reader's, if it was changed since the record was made. */
export function wantedLanguage({ spoken, language }: SeatRecord): string {
  return spoken === '' || spoken === getLocale() ? language : getLocale();
}

/** What this device keeps of the workshop, the wanted language first. */
export function workbooksOf(record: SeatRecord, storage: PhoneStorage): Workbook[] {
  const languages = new Set([wantedLanguage(record), record.language]);
  return [...languages].flatMap(
    (language) => keptWorkbook(storage, record.workshop, language) ?? [],
  );
}

/**
 * @param workbooks as `workbooksOf` gives them
 * @returns null for a record that never met its workshop
 */
export function toldOf(
  { title, poles, language, workshop }: SeatRecord,
  kept: KeptAssessment,
  workbooks: readonly Workbook[],
): Told | null {
  for (const workbook of workbooks) {
    const slide = workbook.assessments.find((other) => isSame(other, kept.slide));
    if (slide && workbook.id === workshop) {
      const { title, language, poles } = workbook;
      return { title, language, poles, slide, workbook };
    }
  }
  if (!poles) return null;
  const [spoken = getLocale()] = [kept.language, language].filter(Boolean);
  return { title, language: spoken, poles, slide: kept.slide, workbook: workbooks[0] ?? null };
}

/** The same statements with the same scale: only the words may differ. */
function isSame(one: AssessmentSlide, other: AssessmentSlide): boolean {
  const bare = ({ question, statements, scale }: AssessmentSlide) =>
    JSON.stringify([question, statements.map(({ id, pole }) => [id, pole]), scale]);
  return bare(one) === bare(other);
}

/** What a published outcome says in words and rows; the pictures beside it only repeat it. */
import { getLocale, type Locale } from '$lib/i18n/paraglide/runtime';
import { m } from '$lib/i18n/paraglide/messages';
import type { Outcome } from '#core/disclosure.ts';

export type Spread = Extract<Outcome, { outcome: 'spread' }>;
export type Veiled = Extract<Outcome, { outcome: 'veiled' }>;

/** Where a cell stands on a scale between two poles. */
export type Side = 0 | 'middle' | 1;

/** One line of a chart or its table. */
export interface Row {
  label: string;
  count: number;
}

/** One person one dot up to here; beyond, bars. */
export const MOST_DOTS = 60;

/** Characters that a list may have before a sentence is too long to be read from afar. */
const TELLABLE = 90;

/** @param index position on a scale of `length` cells or bands */
export function sideOf(index: number, length: number): Side {
  const middle = (length - 1) / 2;
  return index < middle ? 0 : index > middle ? 1 : 'middle';
}

/** The published counts with their labels, at the grain that was published. */
export function rowsOf({ grain, counts }: Spread, cells: string[], bands: string[]): Row[] {
  const labels = grain === 'bands' ? bands : cells;
  return counts.map((count, index) => ({ label: labels[index] ?? '', count }));
}

/** The outcome in one or two plain sentences. @param locale of the labels; the interface's by default */
export function outcomeSentence(
  outcome: Outcome,
  cells: string[],
  bands: string[],
  locale = getLocale(),
): string {
  switch (outcome.outcome) {
    case 'withheld':
      return m.outcome_withheld({ minimum: outcome.minimum }, { locale });
    case 'veiled':
      return `${veiledLine(outcome, bands, locale)} ${m.outcome_veiled_why({}, { locale })}`;
    case 'spread':
      return spreadSentence(outcome.n, rowsOf(outcome, cells, bands), locale);
  }
}

/** “7 or more of 8: Staff side.” (DISC-3) */
export function veiledLine(
  { atLeast, n, band }: Veiled,
  bands: string[],
  locale = getLocale(),
): string {
  return m.outcome_veiled({ atLeast, n, label: bands[band] ?? '' }, { locale });
}

/** A scale is told whole; of wordy options only the most frequent, the rest is in the table. */
function spreadSentence(n: number, rows: Row[], locale: Locale): string {
  const whole = listOf(rows, locale);
  if (whole.length <= TELLABLE) return m.outcome_spread({ n, list: whole }, { locale });
  const most = Math.max(...rows.map(({ count }) => count));
  const often = rows.filter(({ count }) => count === most);
  return m.outcome_spread_most(
    { n, list: listOf(often, locale, m.outcome_entry_quoted) },
    { locale },
  );
}

/** @param entry quotes where a label may be a sentence with commas of its own */
function listOf(rows: Row[], locale: Locale, entry = m.outcome_entry): string {
  const entries = rows.map((row) => entry({ ...row }, { locale }));
  return new Intl.ListFormat(locale, { type: 'unit' }).format(entries);
}

/**
 * How many answers single statements would have needed, or null when there were enough (DISC-4).
 * @param statementsFrom of the contract
 */
export function answersMissing(main: Outcome | null, statementsFrom: number): number | null {
  const enough = main && main.outcome !== 'withheld' && main.n >= statementsFrom;
  return enough ? null : statementsFrom;
}

/** The facilitator's report as one table: a line per step for its times, then a line per published number (T12). */
import type { Outcome } from '#core/disclosure.ts';
import type { Report } from '#protocol/report.ts';
import { m } from '$lib/i18n/paraglide/messages';
import { rowsOf } from '$lib/ui/charts/outcome.ts';
import { labelsOf, markLabels, type ScaleLabels } from '$lib/ui/labels.ts';
import { csv, type Cell } from './csv.ts';

/**
 * Whole seconds: a number with a point is a date to some spreadsheets.
 * @param notes the facilitator's own, from this browser; empty: none
 */
export function reportCsv(report: Report, notes = ''): string {
  const { poles } = report.workshop;
  const rows = report.steps.flatMap(({ title, minutes, seconds, result }): Cell[][] => {
    const times = [title, Math.round(minutes * 60), seconds, null, null, null, null, null, null];
    if (!result) return [times];
    const { ask, scale, release, statements = {} } = result;
    const lines = (of: string | null, outcome: Outcome, labels: ScaleLabels) =>
      outcomeCells(outcome, labels).map((cells) => [title, null, null, ask, of, ...cells]);
    const labels = markLabels();
    const marks = Object.entries(statements).flatMap(([id, text]) => {
      const outcome = release.statements?.[id];
      return outcome ? lines(text, outcome, { cells: labels, bands: labels }) : [];
    });
    return [times, ...lines(null, release.main, labelsOf(scale, poles)), ...marks];
  });
  const alone = (cell: string): Cell[] => [cell, ...Array<null>(HEAD().length - 1).fill(null)];
  return csv([
    HEAD(),
    ...(report.rehearsal ? [alone(m.report_rehearsal())] : []),
    ...rows,
    ...(notes.trim() ? [alone(`${m.report_notes()}: ${notes.trim()}`)] : []),
  ]);
}

const HEAD = () => [
  m.report_column_step(),
  m.report_column_planned_s(),
  m.report_column_real_s(),
  m.report_column_question(),
  m.outcome_table_statement(),
  m.report_column_published(),
  m.outcome_table_answer(),
  m.outcome_table_people(),
  m.report_column_of(),
];

/** How it was published, answer, people, of how many; a line each. Withheld: no number at all (DISC-1). */
function outcomeCells(outcome: Outcome, { cells, bands }: ScaleLabels): Cell[][] {
  switch (outcome.outcome) {
    case 'withheld':
      return [[m.report_withheld(), null, null, null]];
    case 'veiled': {
      const { atLeast, band, n } = outcome;
      return [[m.report_veiled(), bands[band] ?? '', m.report_at_least({ atLeast }), n]];
    }
    case 'spread':
      return rowsOf(outcome, cells, bands).map(({ label, count }) => [
        m.report_in_full(),
        label,
        count,
        outcome.n,
      ]);
  }
}

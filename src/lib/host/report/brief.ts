/** Parts of the report that its files and its printed sheet share. */
import type { Outcome } from '#core/disclosure.ts';
import type { Report } from '#protocol/report.ts';
import { m } from '$lib/i18n/paraglide/messages';
import { rowsOf, veiledLine } from '$lib/ui/charts/outcome.ts';
import type { ScaleLabels } from '$lib/ui/labels.ts';

/** An outcome in a few words, for a line of a table. */
export function brief(outcome: Outcome, { cells, bands }: ScaleLabels): string {
  switch (outcome.outcome) {
    case 'withheld':
      return m.outcome_not_shown();
    case 'veiled':
      return veiledLine(outcome, bands);
    case 'spread':
      return rowsOf(outcome, cells, bands)
        .map((row) => m.outcome_entry({ ...row }))
        .join(', ');
  }
}

/** As on the console: the lobby ends when everybody is in, not after its budget. */
export function totals(steps: Report['steps']): { minutes: number; seconds: number } {
  const after = steps.slice(1);
  return {
    minutes: after.reduce((total, { minutes }) => total + minutes, 0),
    seconds: after.reduce((total, { seconds }) => total + (seconds ?? 0), 0),
  };
}

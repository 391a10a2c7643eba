/** The facilitator's report as Markdown: for a wiki, a mail to the team (T12). */
import type { Outcome } from '#core/disclosure.ts';
import type { Report } from '#protocol/report.ts';
import { escapeLine, paragraphs } from '$lib/export/markdown.ts';
import { m } from '$lib/i18n/paraglide/messages';
import { outcomeSentence, rowsOf } from '$lib/ui/charts/outcome.ts';
import { labelsOf, markLabels } from '$lib/ui/labels.ts';
import { longDayAndTime, numberText } from '../dates.ts';
import { clockText } from '../pace.ts';
import { brief, totals } from './brief.ts';

type Result = NonNullable<Report['steps'][number]['result']>;
type Poles = Report['workshop']['poles'];

/**
 * @param notes the facilitator's own, from this browser; empty: none
 * @returns CommonMark with GitHub tables; ends with a line break
 */
export function reportMarkdown(report: Report, notes = ''): string {
  const { workshop, contract, startedAt, steps } = report;
  const { minimum, statementsFrom } = contract;
  const policy = contract.policy === 'strict' ? m.start_policy_strict() : m.start_policy_standard();
  const results = steps.flatMap(({ title, result }) =>
    result ? [`### ${escapeLine(title)}`, ...published(title, result, workshop.poles)] : [],
  );
  const blocks = [
    `# ${escapeLine(m.report_title({ workshop: workshop.title }))}`,
    ...(report.rehearsal ? [`**${m.report_rehearsal()}**`] : []),
    startedAt === null
      ? m.report_not_started()
      : m.report_started({ time: longDayAndTime(startedAt) }),
    escapeLine(m.report_protection({ policy, minimum, statementsFrom })),
    `## ${m.report_results()}`,
    ...(results.length > 0 ? results : [m.report_nothing()]),
    `## ${m.report_times()}`,
    times(steps),
    ...(notes.trim() ? [`## ${m.report_notes()}`, paragraphs(notes.trim())] : []),
    '---',
    `*${m.report_about()}*`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function published(title: string, { ask, scale, release, statements }: Result, poles: Poles) {
  const { cells, bands } = labelsOf(scale, poles);
  const { main } = release;
  const rows = main.outcome === 'spread' ? rowsOf(main, cells, bands) : [];
  const counts = rows.map(({ label, count }) => [escapeLine(label), `${count}`]);
  const head = [m.outcome_table_answer(), m.outcome_table_people()];
  return [
    ...(ask === title ? [] : [escapeLine(ask)]),
    escapeLine(outcomeSentence(main, cells, bands)),
    ...(counts.length > 0 ? [table(head, counts)] : []),
    ...marks(statements ?? {}, release.statements ?? {}),
  ];
}

/** One sentence where no statement was published, instead of a table that says so twelve times. */
function marks(texts: Record<string, string>, outcomes: Record<string, Outcome>): string[] {
  const told = Object.entries(texts).flatMap(([id, text]) => {
    const outcome = outcomes[id];
    return outcome ? [{ text, outcome }] : [];
  });
  const [first] = told;
  if (!first) return [];
  const title = `#### ${m.report_statements()}`;
  const labels = markLabels();
  if (told.every(({ outcome }) => outcome.outcome === 'withheld'))
    return [title, escapeLine(outcomeSentence(first.outcome, labels, labels))];
  const head = [m.outcome_table_statement(), m.report_column_published()];
  const scale = { cells: labels, bands: labels };
  const rows = told.map(({ text, outcome }) => [text, brief(outcome, scale)].map(escapeLine));
  return [title, table(head, rows)];
}

function times(steps: Report['steps']): string {
  const rows = steps.map(({ title, minutes, seconds }) => [
    escapeLine(title),
    m.report_minutes({ minutes: numberText(minutes) }),
    seconds === null ? m.report_not_visited() : clockText(seconds * 1000),
  ]);
  const { minutes, seconds } = totals(steps);
  const total = [
    m.report_total(),
    m.report_minutes({ minutes: numberText(minutes) }),
    clockText(seconds * 1000),
  ];
  const head = [m.report_column_step(), m.report_column_planned(), m.report_column_real()];
  return table(head, [...rows, total]);
}

/** @param rows cells that are Markdown already */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

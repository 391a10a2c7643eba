/** The summary as Markdown: for notes, a wiki, a mail to oneself. */
import type { PlanSummary } from '$lib/seat/plan/summary.ts';
import type { TakeHome } from './take-home.ts';
import { wordsFor, type Words } from './words.ts';

/** @returns CommonMark with one GitHub table per pole; ends with a line break */
export function toMarkdown(takeHome: TakeHome): string {
  const words = wordsFor(takeHome);
  const { name, room, plan } = takeHome;
  const byline = name === null ? words.date : `${words.date}, ${words.for(name)}`;
  const blocks = [
    `# ${escapeLine(takeHome.workshop)}`,
    `${words.summary} · ${escapeLine(byline)}`,
    `## ${words.lean}: ${escapeLine(words.leanWords)}`,
    escapeLine(takeHome.sentence),
    `## ${words.scores}`,
    list([words.side(0), words.side(1)]),
    `## ${words.strongest}`,
    ...bySide(takeHome, takeHome.strongest, words.strongestNone),
    ...(takeHome.weakest.some((texts) => texts.length > 0)
      ? [`## ${words.weakest}`, ...bySide(takeHome, takeHome.weakest, null)]
      : []),
    `## ${words.next}`,
    ...next(takeHome, words),
    ...(room === null ? [] : [`## ${words.room}`, paragraphs(room)]),
    ...(plan === null ? [] : [`## ${words.plan}`, ...planned(plan, words)]),
    `## ${words.statements}`,
    words.scale,
    ...statements(takeHome, words),
    '---',
    `*${words.footer}*`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Text as one line that means nothing but itself, wherever a Markdown reader meets it. */
export function escapeLine(text: string): string {
  return escapeInline(text.replace(/\s+/g, ' ').trim());
}

function escapeInline(line: string): string {
  return (
    line
      .replace(/[\\`*_[\]<>|~&$^{}]/g, '\\$&')
      // What would start a heading, list, quote or rule at the beginning of a line.
      .replace(/^([#+=-])/, '\\$1')
      .replace(/^(\d{1,9})([.)])/, '$1\\$2')
      // Some readers turn bare addresses into links, others turn :words: into pictures.
      .replace(/:(?=\/\/|\w)/g, '\\:')
      .replace(/\bwww\./gi, (match) => match.replace('.', '\\.'))
      .replace(/@/g, '\\@')
  );
}

/** Keeps the writer's own lines. */
export function paragraphs(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => escapeLine(line))
    .join('\n')
    .replace(/([^\n])\n(?=[^\n])/g, '$1\\\n')
    .replace(/\n{3,}/g, '\n\n');
}

function list(texts: readonly string[]): string {
  return texts.map((text) => `- ${escapeLine(text)}`).join('\n');
}

function bySide(
  { poles }: TakeHome,
  texts: readonly [string[], string[]],
  none: string | null,
): string[] {
  return ([0, 1] as const).flatMap((side) => {
    if (texts[side].length === 0 && none === null) return [];
    const body = texts[side].length === 0 ? (none ?? '') : list(texts[side]);
    return [`### ${escapeLine(poles[side].name)}`, body];
  });
}

function next({ next, poles }: TakeHome, words: Words): string[] {
  return next.flatMap(({ pole, tests, trials }) => [
    `### ${escapeLine(poles[pole].name)}`,
    ...(tests.length > 0 ? [`${words.tests}:`, list(tests)] : []),
    ...(trials.length > 0 ? [`${words.trials}:`, list(trials)] : []),
  ]);
}

function planned({ audit }: PlanSummary, words: Words): string[] {
  const rows = words.planRows.map(
    ({ label, text }) => `- **${escapeLine(label)}:** ${escapeLine(text)}`,
  );
  if (!audit) return [rows.join('\n')];
  const activities = audit.activities.map(({ name, examples }) => `${name}: ${examples}`);
  return [
    rows.join('\n'),
    ...(activities.length > 0 ? [`### ${words.activities}`, list(activities)] : []),
    ...(audit.reading.length > 0 ? [`### ${words.reading}`, list(audit.reading)] : []),
  ];
}

function statements(takeHome: TakeHome, words: Words): string[] {
  return ([0, 1] as const).map((side) => {
    const rows = takeHome.statements
      .filter(({ pole }) => pole === side)
      .map(({ text, answer }) => `| ${escapeLine(text)} | ${answer} · ${words.answer(answer)} |`);
    const head = `| ${words.columns[0]} | ${words.columns[1]} |\n| --- | --- |`;
    return `### ${escapeLine(words.side(side))}\n\n${head}\n${rows.join('\n')}`;
  });
}

/** Reads `workbook.yaml` and makes of a workshop what somebody needs without a room. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workbookFile, type Guide, type Workbook, type WorkbookFile } from '#protocol/workbook.ts';
import type { Workshop } from '#protocol/workshop.ts';
import { poleFault, type Line } from '#slides/kind.ts';
import { present } from '#slides/kinds.ts';
import { parseLocated } from './expected.ts';
import { locateYaml, type Located } from './located.ts';
import type { Problem } from './problem.ts';
import { topicsOf } from './topics.ts';

export const WORKBOOK = 'workbook.yaml';

/** A file that could be read by itself, with the places of its fields. */
export interface PlacedWorkbook {
  file: WorkbookFile;
  located: Located;
}

/** @param dir the folder of one language, which has a `workbook.yaml` */
export async function readWorkbook(
  dir: string,
): Promise<{ placed: PlacedWorkbook | null; problems: Problem[] }> {
  const path = join(dir, WORKBOOK);
  const located = locateYaml(path, await readFile(path, 'utf8'));
  const { value, problems } = parseLocated(located, workbookFile);
  return { placed: value && { file: value, located }, problems };
}

/** Every fault of a workbook that only its workshop can tell. */
export function checkWorkbook(
  { file, located }: PlacedWorkbook,
  { poles, steps }: Pick<Workshop, 'poles' | 'steps'>,
  topics: ReadonlySet<string>,
): Problem[] {
  const tradeoffs = steps.filter(({ kind }) => kind === 'tradeoff').map(({ id }) => id);
  const strays = file.tradeoffs.flatMap(({ step }, index) =>
    tradeoffs.includes(step)
      ? []
      : [
          located.at(
            ['tradeoffs', index, 'step'],
            `expected the id of a trade-off (${tradeoffs.join(', ')}), got "${step}"`,
          ),
        ],
  );
  const poleless = file.audit.activities.flatMap(({ pole }, index) =>
    pole === undefined ? [] : poleFault(pole, poles, ['audit', 'activities', index, 'pole']),
  );
  const unknown = topicsOf(file)
    .filter(({ topic }) => !topics.has(topic))
    .map(({ topic, path }) =>
      located.at(path, `expected a topic that topics.yaml lists, got "${topic}"`),
    );
  return [...strays, ...poleless.map(({ path, message }) => located.at(path, message)), ...unknown];
}

/** @param file of the same workshop and language, and checked; null when there is none */
export function workbookOf(workshop: Workshop, file: WorkbookFile | null): Workbook {
  const { id, language, title, summary, poles, steps } = workshop;
  const showing = { stage: 'open', poles, release: () => null };
  const assessments = steps
    .map((step) => present(step, showing))
    .filter((slide) => slide.kind === 'assessment');
  const closing = steps.find((step) => step.kind === 'closing');
  return {
    id,
    language,
    title,
    summary,
    poles,
    assessments,
    sentences: closing
      ? {
          lead: closing.lead,
          said: [closing.sentences[0].text, closing.sentences[1].text],
        }
      : null,
    guide: file && guideOf(file, workshop),
  };
}

function guideOf(file: WorkbookFile, { poles, steps }: Workshop): Guide {
  const { meanings, nuances, tradeoffs, signals, audit } = file;
  const placeOf = (pole: string | undefined) =>
    pole === undefined ? null : pole === poles[0].id ? 0 : 1;
  return {
    meanings: {
      first: texts(meanings.first),
      second: texts(meanings.second),
      both: texts(meanings.both),
      hybrid: texts(meanings.hybrid),
      neither: texts(meanings.neither),
    },
    nuances: { high: nuances.high.text, low: nuances.low.text },
    tradeoffs: tradeoffs.flatMap(({ step: name, fits }) => {
      const step = steps.find(({ id }) => id === name);
      if (step?.kind !== 'tradeoff') return [];
      const [first, second] = step.sides;
      const side = ({ title, lines }: typeof first) => ({ title, lines: texts(lines) });
      return [
        { title: step.title, sides: [side(first), side(second)], regret: step.regret.text, fits },
      ];
    }),
    signals: [signals[0].text, signals[1].text],
    commitments: file.commitments,
    trialWeeks: file.trialWeeks,
    audit: {
      about: audit.about.text,
      weeks: audit.weeks,
      activities: audit.activities.map(({ name, pole, examples }) => ({
        name,
        pole: placeOf(pole),
        examples: examples.text,
      })),
      reading: texts(audit.reading),
    },
  };
}

function texts(lines: readonly Line[]): string[] {
  return lines.map(({ text }) => text);
}

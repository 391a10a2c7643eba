/** The workshops of a server: loaded and checked once, at the start. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { planMinutes } from '#core/plan.ts';
import type { Workbook } from '#protocol/workbook.ts';
import type { Plan, Workshop, WorkshopSummary } from '#protocol/workshop.ts';
import { disagreements } from './content/agreement.ts';
import { ContentError, type Problem } from './content/problem.ts';
import { folders, readWorkshop, whole } from './content/read.ts';
import { readTopics } from './content/topics.ts';

export { ContentError } from './content/problem.ts';

/** One workshop with all its languages. `id`: the folder's name. */
export interface Installed {
  id: string;
  languages: Map<string, Workshop>;
  workbooks: Map<string, Workbook>;
}

/**
 * Loads every workshop of the content directories in every language.
 * @param dirs relative to the working directory or absolute; errors name files the same way
 * @returns at least one workshop, by id; languages sorted by name
 * @throws ContentError with everything that is wrong, all files at once
 */
export async function loadContent(dirs: string | readonly string[]): Promise<Installed[]> {
  const installed: Installed[] = [];
  const problems: Problem[] = [];
  for (const dir of [dirs].flat()) {
    const one = await loadFolder(dir);
    const twice = one.installed.filter(({ id }) => installed.some((other) => other.id === id));
    problems.push(
      ...one.problems,
      ...twice.map(({ id }) =>
        whole(join(dir, id), `expected a name of its own, but another folder has "${id}" too`),
      ),
    );
    installed.push(...one.installed);
  }
  if (problems.length > 0) throw new ContentError(problems);
  return installed;
}

async function loadFolder(dir: string): Promise<{ installed: Installed[]; problems: Problem[] }> {
  const found = await stat(dir).catch(() => null);
  if (!found?.isDirectory())
    return {
      installed: [],
      problems: [whole(dir, 'expected a folder with workshops, found none')],
    };
  const { topics, problems } = await loadTopics(join(dir, 'topics.yaml'));
  const workshops = await folders(dir, 'workshop');
  problems.push(...workshops.problems);
  if (workshops.names.length === 0)
    problems.push(whole(dir, 'expected at least one workshop folder, found none'));
  const installed: Installed[] = [];
  for (const id of workshops.names) {
    const one = await loadLanguages(join(dir, id), id, new Set(topics));
    installed.push({ id, languages: one.languages, workbooks: one.workbooks });
    problems.push(...one.problems);
  }
  return { installed, problems };
}

/**
 * A workshop as one plan runs it: the plan's steps, in the order of the agenda.
 * @returns null when there is no such workshop, language or plan
 */
export function workshopFor(
  installed: readonly Installed[],
  id: string,
  language: string,
  plan: string,
): Workshop | null {
  const workshop = installed.find((one) => one.id === id)?.languages.get(language);
  const chosen = workshop?.plans.find((one) => one.id === plan);
  if (!workshop || !chosen) return null;
  return { ...workshop, steps: stepsOf(workshop.steps, chosen) };
}

function stepsOf(steps: Workshop['steps'], { skip }: Plan): Workshop['steps'] {
  return steps.filter((step) => !skip.includes(step.id));
}

/** The same plan in every other language of the workshop: each phone in a room reads its own. */
export function translationsOf(
  installed: readonly Installed[],
  { id, language }: Pick<Workshop, 'id' | 'language'>,
  plan: string,
): Workshop[] {
  const known = installed.find((one) => one.id === id)?.languages.keys() ?? [];
  return [...known]
    .filter((other) => other !== language)
    .flatMap((other) => workshopFor(installed, id, other, plan) ?? []);
}

/** What somebody needs of a workshop without a room; null when there is no such workshop or language. */
export function workbookFor(
  installed: readonly Installed[],
  id: string,
  language: string,
): Workbook | null {
  return installed.find((one) => one.id === id)?.workbooks.get(language) ?? null;
}

/** The start page's list: every workshop, its languages and their plans. */
export function summaries(installed: readonly Installed[]): WorkshopSummary[] {
  return installed.map(({ id, languages }) => ({
    id,
    languages: [...languages.values()].map(({ language, title, summary, plans, steps }) => ({
      language,
      title,
      summary,
      plans: plans.map((plan) => ({
        id: plan.id,
        title: plan.title,
        minutes: planMinutes(stepsOf(steps, plan)),
        steps: stepsOf(steps, plan).length,
      })),
    })),
  }));
}

/** No such file: no topics, so none may be named. */
async function loadTopics(file: string): Promise<{ topics: string[]; problems: Problem[] }> {
  const source = await readFile(file, 'utf8').catch(() => null);
  return source === null ? { topics: [], problems: [] } : readTopics(file, source);
}

async function loadLanguages(
  dir: string,
  id: string,
  topics: ReadonlySet<string>,
): Promise<Omit<Installed, 'id'> & { problems: Problem[] }> {
  const { names, problems } = await folders(dir, 'language');
  if (names.length === 0) problems.push(whole(dir, 'expected a folder per language, such as en'));
  const languages = new Map<string, Workshop>();
  const workbooks = new Map<string, Workbook>();
  for (const language of names) {
    const reading = await readWorkshop(join(dir, language), id, language, topics);
    if (reading.found) {
      languages.set(language, reading.found.workshop);
      workbooks.set(language, reading.found.workbook);
    }
    problems.push(...reading.problems);
  }
  const [model, ...others] = languages.values();
  if (model)
    for (const other of others)
      problems.push(...disagreements(model, other, join(dir, other.language)));
  return { languages, workbooks, problems };
}

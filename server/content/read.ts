/** Reads the folders of a content directory into workshops, gathering every problem on the way. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Workbook } from '#protocol/workbook.ts';
import { languageSchema, workshopHead, type Workshop } from '#protocol/workshop.ts';
import { id } from '#slides/kind.ts';
import { kindOf, KINDS, type Step } from '#slides/kinds.ts';
import { checkWorkshop, sourceOf, type Placed } from './checks.ts';
import { parseLocated } from './expected.ts';
import { locateMarkdown, locateYaml, type Located } from './located.ts';
import type { Problem } from './problem.ts';
import { checkWorkbook, readWorkbook, WORKBOOK, workbookOf } from './workbook.ts';

/** One workshop in one language; null when `problems` say why it cannot be used. */
interface Reading {
  found: { workshop: Workshop; workbook: Workbook } | null;
  problems: Problem[];
}

const HEAD = 'workshop.yaml';
const FILES = [HEAD, WORKBOOK];
const STEP_FILE = /^\d{2,3}-[a-z0-9-]+\.md$/;
const MOST_STEPS = 120;

/** @param dir the folder of one language, such as `content/staff-or-em/en` */
export async function readWorkshop(
  dir: string,
  workshop: string,
  language: string,
  topics: ReadonlySet<string>,
): Promise<Reading> {
  const names = await visible(dir, 'files');
  const stray = names.filter((name) => !FILES.includes(name) && !STEP_FILE.test(name));
  const problems = stray.map((name) =>
    whole(join(dir, name), `expected ${HEAD}, ${WORKBOOK} or a step's file, such as 03-premise.md`),
  );
  if (!names.includes(HEAD)) {
    problems.push(whole(join(dir, HEAD), 'expected a file with title, summary, poles and plans'));
    return { found: null, problems };
  }
  const located = locateYaml(join(dir, HEAD), await readFile(join(dir, HEAD), 'utf8'));
  const head = parseLocated(located, workshopHead);
  const files = names.filter((name) => STEP_FILE.test(name)).sort(byNumber);
  const read = await Promise.all(files.map((name) => readStep(join(dir, name))));
  const book = names.includes(WORKBOOK) ? await readWorkbook(dir) : { placed: null, problems: [] };
  problems.push(...head.problems, ...read.flatMap((step) => step.problems), ...book.problems);
  if (files.length === 0 || files.length > MOST_STEPS)
    problems.push(whole(dir, `expected 1 to ${MOST_STEPS} step files, got ${files.length}`));
  // References between files that cannot be read would only repeat the same faults.
  if (!head.value || problems.length > 0) return { found: null, problems };
  const placed = read.flatMap(({ placed }) => (placed ? [placed] : []));
  const faults = checkWorkshop(head.value, located, placed, topics);
  const steps = filled(placed.map(({ step }) => step));
  const loaded = { ...head.value, id: workshop, language, steps };
  if (book.placed && faults.length === 0)
    faults.push(...checkWorkbook(book.placed, loaded, topics));
  if (faults.length > 0) return { found: null, problems: faults };
  const workbook = workbookOf(loaded, book.placed?.file ?? null);
  return { found: { workshop: loaded, workbook }, problems: [] };
}

/** Folders that may be workshops, or languages of one, with a problem for each ill-named one. */
export async function folders(
  dir: string,
  name: 'workshop' | 'language',
): Promise<{ names: string[]; problems: Problem[] }> {
  const names = await visible(dir, 'folders');
  const schema = name === 'workshop' ? id : languageSchema;
  const wrong = names.filter((folder) => !schema.safeParse(folder).success);
  const expected = name === 'workshop' ? 'my-workshop' : 'en or pt-BR';
  return {
    names: names.filter((folder) => !wrong.includes(folder)),
    problems: wrong.map((folder) =>
      whole(join(dir, folder), `expected a folder named for its ${name}, such as ${expected}`),
    ),
  };
}

/** A problem of a whole file or folder. */
export function whole(file: string, message: string): Problem {
  return { file, line: 0, field: '', message };
}

async function visible(dir: string, kind: 'files' | 'folders'): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => (kind === 'folders') === entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && name !== 'README.md')
    .sort();
}

async function readStep(file: string): Promise<{ placed: Placed | null; problems: Problem[] }> {
  const located = locateMarkdown(file, await readFile(file, 'utf8'));
  const { value, problems } = parseLocated(located, schemaFor(located));
  return { placed: value && { step: value, located }, problems };
}

const kindNames = z.enum(Object.keys(KINDS) as (keyof typeof KINDS)[]);
const anyStep = z.looseObject({ kind: kindNames });

/** The schema of the kind that the file names; without a known kind, one that asks for it. */
function schemaFor({ data }: Located): z.ZodType<Step> {
  const named = anyStep.safeParse(data);
  const known = named.success ? kindOf(named.data as unknown as Step).step : anyStep;
  return known as z.ZodType<Step>;
}

function filled(steps: readonly Step[]): Step[] {
  return steps.map((step, position) => {
    const source = sourceOf(step, steps.slice(0, position));
    return (source && kindOf(step).source?.fill?.(step, source)) ?? step;
  });
}

function byNumber(a: string, b: string): number {
  return parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1);
}

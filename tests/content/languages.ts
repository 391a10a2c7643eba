/** Whether one language of a workshop has all that another one has: steps, fields, lines, topics. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locateMarkdown, locateYaml, type Located } from '#server/content/located.ts';
import { describeProblem, type Problem } from '#server/content/problem.ts';

/** The sources of one language by file name. */
export interface Language {
  dir: string;
  files: ReadonlyMap<string, string>;
}

/** Fields that a translator leaves alone; every number and every yes or no stays as well. */
const SAME = [
  'kind',
  'id',
  'question',
  'feeling',
  'pole',
  'step',
  'reveal',
  'topics',
  'skip',
  'fits',
];

/** So many words in a row are alike only where nobody has translated them. */
const TELLING = 4;

type Path = readonly (string | number)[];
type Say = (path: Path, message: string) => void;

export async function readLanguage(dir: string): Promise<Language> {
  const names = (await readdir(dir)).sort();
  const read = names.map(
    async (name) => [name, await readFile(join(dir, name), { encoding: 'utf8' })] as const,
  );
  return { dir, files: new Map(await Promise.all(read)) };
}

/** @returns a sentence for each difference, with file, line, field and step; `model` is the measure */
export function differences(model: Language, other: Language): string[] {
  const names = [...new Set([...model.files.keys(), ...other.files.keys()])].sort();
  return names.flatMap((name) => inFile(model, other, name)).map(describeProblem);
}

function inFile(model: Language, other: Language, name: string): Problem[] {
  const [wanted, found] = [located(model, name), located(other, name)];
  const [file, twin] = [join(other.dir, name), join(model.dir, name)];
  const whole = (message: string) => [{ file, line: 0, field: '', message }];
  if (!found) return whole(`${stepOf(wanted)}expected a file like ${twin}, found none`);
  if (!wanted) return whole(`${stepOf(found)}expected ${twin} beside it, found none`);
  const problems = [...found.problems];
  if (problems.length > 0) return problems;
  compare(wanted.data, found.data, [], (path, message) => {
    problems.push(found.at(path, `${stepOf(wanted)}${message}, as in ${twin}`));
  });
  return problems;
}

function compare(wanted: unknown, found: unknown, path: Path, say: Say): void {
  if (Array.isArray(wanted) && Array.isArray(found)) {
    if (wanted.length !== found.length)
      return say(path, `expected ${wanted.length} entries, got ${found.length}`);
    return wanted.forEach((one, index) => compare(one, found[index], [...path, index], say));
  }
  if (isFields(wanted) && isFields(found)) {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)]))
      compare(wanted[key], found[key], [...path, key], say);
    return;
  }
  if (typeof wanted === 'string' && typeof found === 'string' && !isSame(path)) {
    if (wanted === found && wanted.split(' ').length >= TELLING)
      say(path, `expected a translation, got "${found}"`);
    return;
  }
  if (wanted !== found) say(path, `expected ${shown(wanted)}, got ${shown(found)}`);
}

function isSame(path: Path): boolean {
  return path.some((key) => SAME.includes(String(key)));
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'no such field' : JSON.stringify(value);
}

function stepOf(file: Located | null): string {
  return isFields(file?.data) && 'kind' in file.data ? `step "${String(file.data.id)}": ` : '';
}

function located({ dir, files }: Language, name: string): Located | null {
  const source = files.get(name);
  if (source === undefined) return null;
  const locate = name.endsWith('.md') ? locateMarkdown : locateYaml;
  return locate(join(dir, name), source);
}

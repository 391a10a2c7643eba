/** The sound sample, broken on purpose, and what the loader says of it. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { ContentError, loadContent } from '#server/content.ts';
import { describeProblem } from '#server/content/problem.ts';

export const root = await mkdtemp(join(tmpdir(), 'crossroads-content-'));
afterAll(() => rm(root, { recursive: true, force: true }));

export const EN = 'tea-or-coffee/en/';
export type Edit = [file: string, from: string, to: string];
let copies = 0;

/** A fresh copy of the sound sample. */
export async function sample(): Promise<string> {
  const dir = join(root, `copy-${++copies}`);
  await cp('tests/content/fixtures/sample', dir, { recursive: true });
  return dir;
}

export async function edit(dir: string, [name, from, to]: Edit): Promise<void> {
  const file = join(dir, EN, name);
  const source = await readFile(file, 'utf8');
  if (!source.includes(from)) throw new Error(`${name} has no ${from}`);
  await writeFile(file, source.replace(from, to));
}

export async function add(dir: string, name: string, source: string): Promise<void> {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  await writeFile(join(dir, name), source);
}

/** What is wrong with a folder, each problem as it is printed, with the path to the folder cut off. */
export async function problemsOf(dir: string): Promise<string[]> {
  const loaded = await loadContent(dir).catch((error: unknown) => error);
  if (!(loaded instanceof ContentError)) throw new Error('expected a ContentError');
  expect(loaded.message.split('\n')).toEqual(loaded.problems.map(describeProblem));
  return loaded.problems.map((problem) =>
    describeProblem(problem).replaceAll(`${dir}/`, '').replaceAll(dir, '.'),
  );
}

export async function broken(...edits: Edit[]): Promise<string[]> {
  const dir = await sample();
  for (const one of edits) await edit(dir, one);
  return problemsOf(dir);
}

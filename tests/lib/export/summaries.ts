/** Summaries of the real workshop in content/, for the tests of every format. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Answers } from '#core/scoring.ts';
import { loadContent } from '#server/content.ts';
import { present, type SlideByKind } from '#slides/kinds.ts';
import { buildTakeHome, type TakeHome, type TakeHomeInput } from '$lib/export/take-home';
import type { FontSource } from '$lib/export/pdf/subsets';

const root = resolve(import.meta.dirname, '../../..');
const [workshop] = (await loadContent(resolve(root, 'content'))).flatMap(({ languages }) =>
  [...languages.values()].filter(({ language }) => language === 'en'),
);
if (!workshop) throw new Error('content/ has no English workshop');
const step = workshop.steps.find(({ kind }) => kind === 'assessment');
if (!step) throw new Error('the workshop has no assessment');

export const assessment = present(step, {
  stage: 'open',
  poles: workshop.poles,
  release: () => null,
}) as SlideByKind['assessment'];

/** By statement id: six answers for Staff, then six for EM. */
export function answered(...values: number[]): Answers {
  return Object.fromEntries(assessment.statements.map(({ id }, index) => [id, values[index] ?? 3]));
}

export const LEANS_STAFF = answered(5, 4, 5, 3, 4, 4, 3, 1, 4, 2, 3, 4);
export const BALANCED = answered(4, 4, 5, 4, 4, 5, 4, 4, 4, 5, 5, 4);

export function input(changes: Partial<TakeHomeInput> = {}): TakeHomeInput {
  return {
    workshop: workshop?.title ?? '',
    language: 'en',
    date: '2026-11-23',
    poles: workshop?.poles ?? never(),
    assessment,
    answers: LEANS_STAFF,
    ...changes,
  };
}

export function takeHome(changes: Partial<TakeHomeInput> = {}): TakeHome {
  return buildTakeHome(input(changes)) ?? never();
}

/** The same files the browser fetches. */
export const fontsOnDisk: FontSource = async (subset, weight) =>
  readFile(
    resolve(
      root,
      `node_modules/@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff`,
    ),
  );

function never(): never {
  throw new Error('this summary cannot be built');
}

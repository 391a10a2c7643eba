/** Summaries of the real workshop in content/, for the tests of every format. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Answers } from '#core/scoring.ts';
import { loadContent, workbookFor } from '#server/content.ts';
import { buildTakeHome, type TakeHome, type TakeHomeInput } from '$lib/export/take-home';
import type { FontSource } from '$lib/export/pdf/subsets';
import { newPlan } from '$lib/seat/plan/plan';
import { summaryOf } from '$lib/seat/plan/summary';

const root = resolve(import.meta.dirname, '../../..');
const content = await loadContent(resolve(root, 'content'));
export const workbookIn = (language: string) =>
  workbookFor(content, 'staff-or-em', language) ?? never();
export const workbook = workbookIn('en');
export const assessment = workbook.assessments[0] ?? never();

/** By statement id: six answers for Staff, then six for EM. */
export function answered(...values: number[]): Answers {
  return Object.fromEntries(assessment.statements.map(({ id }, index) => [id, values[index] ?? 3]));
}

/** A whole plan, with an audit, in the words of the workshop. */
export const PLAN = summaryOf(
  {
    ...newPlan('Zq8x'),
    trial: { pole: 0, text: assessment.trials[0][0] ?? '' },
    when: 'the planning comes up',
    then: 'run it myself',
    start: '2026-11-30',
    review: '2027-01-11',
    audit: { weeks: 5, from: '2026-12-02', weekday: 5 },
  },
  workbook.guide,
);

export const LEANS_STAFF = answered(5, 4, 5, 3, 4, 4, 3, 1, 4, 2, 3, 4);
export const BALANCED = answered(4, 4, 5, 4, 4, 5, 4, 4, 4, 5, 5, 4);

export function input(changes: Partial<TakeHomeInput> = {}): TakeHomeInput {
  return {
    workshop: workbook.title,
    workshopId: workbook.id,
    language: 'en',
    date: '2026-11-23',
    poles: workbook.poles,
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

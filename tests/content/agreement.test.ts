/** The languages of a workshop are one workshop, or the server does not start. */
import { expect, test } from 'vitest';
import { disagreements } from '#server/content/agreement.ts';
import type { Workshop } from '#protocol/workshop.ts';
import { WORKSHOP } from '../core/workshop.ts';

const german = (change: Partial<Workshop> = {}): Workshop => ({
  ...structuredClone(WORKSHOP),
  language: 'de',
  ...change,
});
const fields = (other: Workshop) =>
  disagreements(WORKSHOP, other, 'content/short/de').map(({ field }) => field);

test('a translation that changes nothing but words agrees', () => {
  expect(fields(german({ title: 'Kurz', summary: 'Ein kurzer Workshop' }))).toEqual([]);
});

test('plans, poles and steps that differ are named', () => {
  const [first, second] = WORKSHOP.poles;
  expect(fields(german({ poles: [second, first] }))).toEqual(['poles']);
  expect(fields(german({ plans: [] }))).toEqual(['plans']);
  expect(fields(german({ steps: WORKSHOP.steps.slice(1) }))).toEqual(['steps']);
});

test('what a vote counts and where a step may lead must not depend on the language', () => {
  const other = german();
  for (const step of other.steps) {
    if (step.kind === 'poll') step.options.pop();
    if (step.kind === 'assessment') step.statements.reverse();
    if (step.kind === 'tradeoff') step.minutes += 1;
  }
  expect(fields(other)).toEqual(['step assessment', 'step tradeoff', 'step poll']);
});

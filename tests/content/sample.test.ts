import { describe, expect, it } from 'vitest';
import { score } from '#core/scoring.ts';
import { agendaOf, present, type Step } from '#slides/kinds.ts';
import { loadContent, summaries, workshopFor } from '#server/content.ts';

const installed = await loadContent('tests/content/fixtures/sample');
const whole = workshopFor(installed, 'tea-or-coffee', 'en', 'whole')!;
const stepOf = <K extends Step['kind']>(kind: K) =>
  whole.steps.find((step): step is Extract<Step, { kind: K }> => step.kind === kind)!;

describe('a workshop with other poles and four statements', () => {
  it('loads with its steps in the order of their numbers', () => {
    expect(whole.poles.map(({ name }) => name)).toEqual(['Tea drinker', 'Coffee drinker']);
    expect(whole.steps.map(({ id }) => id)).toEqual([
      'welcome',
      'pull',
      'story',
      'assessment',
      'result',
      'change',
      'closing',
    ]);
  });

  it('gives a plan its own steps, in the same order', () => {
    const sip = workshopFor(installed, 'tea-or-coffee', 'en', 'sip')!;
    expect(sip.steps.map(({ id }) => id)).toEqual([
      'welcome',
      'pull',
      'assessment',
      'result',
      'closing',
    ]);
    expect(agendaOf(sip.steps).find(({ id }) => id === 'result')?.question).toBe('taste');
  });

  it.each([
    ['nothing-of-the-kind', 'en', 'whole'],
    ['tea-or-coffee', 'fr', 'whole'],
    ['tea-or-coffee', 'en', 'gulp'],
  ])('answers null for %s in %s, plan %s', (id, language, plan) => {
    expect(workshopFor(installed, id, language, plan)).toBeNull();
  });

  it('fills the texts of the statements into the distribution', () => {
    expect(stepOf('distribution').statements).toEqual({
      leaves: 'I like to watch leaves unfold.',
      patience: 'I can wait four minutes.',
      beans: 'I grind my own beans.',
      speed: 'I want it now.',
    });
  });

  it('joins wrapped notes, and keeps paragraphs and lists', () => {
    expect(stepOf('story').notes).toBe(
      'Tell it slowly, without naming the office.\n\n- Show the pan.\n- Show the cup.',
    );
  });

  it('scores with its own statements and scale', () => {
    const slide = present(stepOf('assessment'), {
      stage: 'open',
      poles: whole.poles,
      release: () => null,
    });
    if (slide.kind !== 'assessment') throw new Error('not an assessment');
    const scale = { ...slide.scale, statements: slide.statements };
    const result = score({ leaves: 1, patience: 2, beans: 5, speed: 5 }, scale);
    expect(result).toMatchObject({ sums: [3, 10], delta: 7, lean: 4, reading: 'second' });
  });

  it('is listed with its languages and plans', () => {
    expect(summaries(installed)).toEqual([
      {
        id: 'tea-or-coffee',
        languages: [
          {
            language: 'en',
            title: 'Tea or coffee?',
            summary: 'A tiny workshop with other poles and four statements.',
            plans: [
              { id: 'whole', title: 'The whole pot', minutes: 12, steps: 7 },
              { id: 'sip', title: 'A sip', minutes: 8, steps: 5 },
            ],
          },
        ],
      },
    ]);
  });
});

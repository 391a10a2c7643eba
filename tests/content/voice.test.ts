import { describe, expect, it } from 'vitest';
import { kindOf, KINDS, present, roundsOf, type Step } from '#slides/kinds.ts';
import { installed, languages, plan } from './crossroads.ts';

const full = plan('full');

/** Lengths that can be read from eight metres: a line, a sentence, and what only phones show. */
const LONGEST = { line: 90, sentence: 105, phone: 200 };
const MOST_LINES = 6;
/** How each language says that a lean is no verdict, and how it would sound like one. */
const VERDICTS: Record<string, { never: string; verdict: RegExp }> = {
  en: { never: 'never a verdict', verdict: /you are a |you should become/i },
  de: { never: 'nie ein Urteil', verdict: /du bist ein|du solltest .*werden/i },
};
const NAMES = ['kind', 'id', 'question', 'feeling', 'pole', 'release'];

interface Text {
  place: string;
  text: string;
  most: number;
}

function textsOf(step: Step): Text[] {
  const slides = kindOf(step)
    .stages(step)
    .map(({ id: stage }) => present(step, { stage, poles: full.poles, release: () => null }));
  return slides.flatMap((slide) => collect(slide, step.id, LONGEST.sentence));
}

function collect(value: unknown, place: string, most: number): Text[] {
  if (typeof value === 'string') return [{ place, text: value, most }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (NAMES.includes(key)) return [];
    const limit = key === 'readings' ? LONGEST.phone : most;
    const isLine = Array.isArray(value) && !place.endsWith('.sentences');
    return collect(inner, `${place}.${key}`, isLine ? LONGEST.line : limit);
  });
}

function listsOf(value: unknown): unknown[][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(listsOf);
  return Array.isArray(value) && typeof value[0] === 'string' ? [value, ...inner] : inner;
}

describe('plans', () => {
  it.each([
    ['full', 90],
    ['short', 60],
  ])('the budgets of the plan %s add up to about %i minutes', (id, minutes) => {
    const budget = plan(id).steps.reduce((sum, step) => sum + step.minutes, 0);
    expect(full.plans.find((one) => one.id === id)?.minutes).toBe(minutes);
    expect(Math.abs(budget - minutes)).toBeLessThanOrEqual(3);
  });

  it('the short plan still has the assessment, its result and all that is needed to decide', () => {
    const kinds = plan('short').steps.map(({ kind }) => kind);
    expect(kinds).toEqual(
      expect.arrayContaining(['assessment', 'distribution', 'tradeoff', 'movement', 'closing']),
    );
  });
});

describe('the workshop', () => {
  it('uses every kind of slide', () => {
    expect(new Set(full.steps.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  });

  it('asks every question once (DISC-5)', () => {
    const asked = full.steps.flatMap((step) => kindOf(step).round(step)?.question ?? []);
    expect(roundsOf(full.steps).size).toBe(asked.length);
    expect(asked).toHaveLength(8);
  });

  it.each(languages)(
    'offers at most five options, none with a side in it (DISC-2, %s)',
    (language) => {
      const polls = plan('full', language).steps.filter((step) => step.kind === 'poll');
      expect(polls).toHaveLength(1);
      expect(polls[0]?.spectrum).toBe(false);
      expect(polls[0]?.options.map(({ text }) => text).join(' ')).not.toMatch(
        /staff|manager|\bEM\b/i,
      );
    },
  );

  it('has twelve statements, six for each pole, each with something to test next', () => {
    const assessment = full.steps.find((step) => step.kind === 'assessment')!;
    const expected = ['s1', 's2', 's3', 's4', 's5', 's6', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6'];
    expect(assessment.statements.map(({ id }) => id)).toEqual(expected.map((id) => `assess.${id}`));
    expect(assessment.statements.map(({ pole }) => pole)).toEqual([
      ...Array<string>(6).fill('staff'),
      ...Array<string>(6).fill('em'),
    ]);
    expect(assessment.statements.filter(({ test }) => !test)).toEqual([]);
    expect(assessment.scale).toEqual({ balanced: 3, leaning: 9, high: 23, low: 15 });
  });

  it.each(languages)('gives a lean and never a verdict (assess.reading, %s)', (language) => {
    const { never, verdict } = VERDICTS[language]!;
    const assessment = plan('full', language).steps.find((step) => step.kind === 'assessment')!;
    for (const { text } of [assessment.readings.first, assessment.readings.second])
      expect(text).toContain(never);
    const readings = Object.values(assessment.readings).map(({ text }) => text);
    expect(readings.join(' ')).not.toMatch(verdict);
  });

  it.each(languages)('every step has notes in full sentences (%s)', (language) => {
    for (const { id, notes } of plan('full', language).steps) {
      expect(notes.length, id).toBeGreaterThan(150);
      expect(notes, id).toMatch(/[.?!”“"]$/);
    }
  });
});

describe('every language', () => {
  const workshops = installed.flatMap(({ languages }) => [...languages.values()]);

  it.each(workshops)('$id ($language) is short enough for the wall', ({ steps }) => {
    const texts = steps.flatMap(textsOf);
    expect(texts.length).toBeGreaterThan(100);
    const long = texts.filter(({ text, most }) => text.length > most);
    expect(long.map(({ place, text }) => `${place}: ${text.length}: ${text}`)).toEqual([]);
  });

  it.each(workshops)('$id ($language) has few lines on a slide', ({ steps, poles }) => {
    const lengths = steps.flatMap((step) =>
      kindOf(step)
        .stages(step)
        .flatMap(({ id: stage }) => listsOf(present(step, { stage, poles, release: () => null })))
        .map((list) => ({ step: step.id, lines: list.length })),
    );
    expect(lengths.length).toBeGreaterThan(30);
    expect(lengths.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
  });
});

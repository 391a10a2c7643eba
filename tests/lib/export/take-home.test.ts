import { describe, expect, test } from 'vitest';
import { buildTakeHome, oneLine } from '$lib/export/take-home';
import { answered, assessment, BALANCED, input, LEANS_STAFF, PLAN, takeHome } from './summaries.ts';

const textOf = (id: string) => assessment.statements.find((one) => one.id === id)?.text;
const testOf = (id: string) => assessment.statements.find((one) => one.id === id)?.test;

describe('buildTakeHome', () => {
  test('a missing or impossible answer gives no summary at all', () => {
    const { [assessment.statements[7]!.id]: _, ...eleven } = LEANS_STAFF;
    expect(buildTakeHome(input({ answers: eleven }))).toBeNull();
    expect(buildTakeHome(input({ answers: {} }))).toBeNull();
    expect(buildTakeHome(input({ answers: { ...LEANS_STAFF, 'assess.s1': 6 } }))).toBeNull();
  });

  test('sums, maxima, lean and reading are those of the scoring', () => {
    const { poles, lean, reading, sentence } = takeHome();
    expect(poles.map(({ sum, most }) => [sum, most])).toEqual([
      [25, 30],
      [17, 30],
    ]);
    expect([lean, reading, sentence]).toEqual([1, 'first', assessment.readings.first]);
    expect(takeHome({ answers: BALANCED })).toMatchObject({ lean: 2, reading: 'both' });
    expect(takeHome({ answers: answered(1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5) })).toMatchObject({
      lean: 4,
      reading: 'second',
    });
  });

  test('strongest: answered 4 or 5, best first, at most three per side', () => {
    expect(takeHome().strongest).toEqual([
      ['assess.s1', 'assess.s3', 'assess.s2'].map(textOf),
      ['assess.e3', 'assess.e6'].map(textOf),
    ]);
  });

  test('weakest: answered 1 or 2, lowest first', () => {
    expect(takeHome().weakest).toEqual([[], ['assess.e2', 'assess.e4'].map(textOf)]);
  });

  test('next steps: the side of the lean, with tests of what was answered high and its trials', () => {
    expect(takeHome().next).toEqual([
      {
        pole: 0,
        tests: ['assess.s1', 'assess.s3', 'assess.s2'].map(testOf),
        trials: assessment.trials[0],
      },
    ]);
  });

  test('next steps: a lean to the second pole gets the second pole’s', () => {
    const { next } = takeHome({ answers: answered(1, 1, 1, 5, 1, 1, 5, 5, 5, 5, 5, 5) });
    expect(next).toEqual([
      {
        pole: 1,
        tests: ['assess.e1', 'assess.e2', 'assess.e3'].map(testOf),
        trials: assessment.trials[1],
      },
    ]);
  });

  test('next steps: a balanced result sees both sides, also when neither attracts', () => {
    const neither = takeHome({ answers: answered(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2) });
    expect(neither).toMatchObject({ reading: 'neither', strongest: [[], []] });
    expect(neither.next.map(({ pole, tests }) => [pole, tests])).toEqual([
      [0, []],
      [1, []],
    ]);
    expect(takeHome({ answers: BALANCED }).next.map(({ pole }) => pole)).toEqual([0, 1]);
  });

  test('a statement without a test leaves its place to the next one', () => {
    const statements = assessment.statements.map((one) =>
      one.id === 'assess.s1' ? { ...one, test: null } : one,
    );
    const { next } = takeHome({ assessment: { ...assessment, statements } });
    expect(next[0]?.tests).toEqual(['assess.s3', 'assess.s2', 'assess.s5'].map(testOf));
  });

  test('all statements keep content order and own answers', () => {
    const { statements } = takeHome();
    expect(statements.map(({ text }) => text)).toEqual(assessment.statements.map((s) => s.text));
    expect(statements.map(({ answer }) => answer)).toEqual([5, 4, 5, 3, 4, 4, 3, 1, 4, 2, 3, 4]);
  });

  test('name, room and plan are null unless they say something', () => {
    expect(takeHome()).toMatchObject({ name: null, room: null, plan: null });
    expect(takeHome({ name: ' \t', room: '', plan: null })).toMatchObject({
      name: null,
      room: null,
      plan: null,
    });
    expect(takeHome({ name: ' Zoë ', room: 'r', plan: PLAN })).toMatchObject({
      name: 'Zoë',
      room: 'r',
      plan: PLAN,
    });
  });
});

describe('oneLine', () => {
  test('one composed line without characters that turn or break it', () => {
    expect(oneLine('  Ana\n\tMari\u0301a \u202Egro.live\u2066 \u0000x')).toBe(
      'Ana María gro.live x',
    );
  });

  test('keeps every script and joined emoji', () => {
    expect(oneLine('李小龙 👩‍💻 علي')).toBe('李小龙 👩‍💻 علي');
  });

  test('cuts between characters, never through one', () => {
    const cut = oneLine('😀'.repeat(500));
    expect([...cut]).toHaveLength(120);
    expect(cut.endsWith('😀…')).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { compare } from '$lib/solo/compare';
import { answered, assessment, BALANCED, LEANS_STAFF, takeHome } from '../export/summaries.ts';

const textOf = (id: string) => assessment.statements.find((one) => one.id === id)?.text;

describe('compare', () => {
  test('what was answered otherwise, the largest change first, and how much was not', () => {
    const found = compare(takeHome({ answers: LEANS_STAFF }), takeHome({ answers: BALANCED }));
    expect(found?.moved[0]).toEqual({ text: textOf('assess.e2'), before: 1, after: 4 });
    const sizes = found?.moved.map(({ before, after }) => Math.abs(after - before)) ?? [];
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(found?.moved).toContainEqual({ text: textOf('assess.s1'), before: 5, after: 4 });
    expect(sizes.length + (found?.same ?? 0)).toBe(12);
    expect(sizes).not.toContain(0);
  });

  test('nothing moved', () => {
    const found = compare(takeHome(), takeHome());
    expect(found).toMatchObject({ moved: [], same: 12 });
  });

  test('a workshop whose words have changed since is compared by its ids, without them by its words', () => {
    const before = takeHome({ answers: answered(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) });
    const reworded = before.statements.map((one, index) => ({ ...one, text: `Old ${index}` }));
    const after = takeHome({ answers: BALANCED });
    expect(compare({ ...before, statements: reworded }, after)?.moved).toHaveLength(12);
    const nameless = before.statements.map((one) => ({ ...one, id: null }));
    const old = { ...before, workshopId: null, statements: nameless };
    expect(compare(old, after)?.moved).toHaveLength(12);
    expect(
      compare({ ...old, statements: reworded.map((one) => ({ ...one, id: null })) }, after),
    ).toBeNull();
  });

  test('another workshop is not compared, even where an id is the same', () => {
    expect(compare({ ...takeHome(), workshopId: 'tea-or-coffee' }, takeHome())).toBeNull();
  });
});

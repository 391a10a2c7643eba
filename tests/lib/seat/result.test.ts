import { describe, expect, test } from 'vitest';
import { readingOf } from '$lib/seat/assessment/result';
import { answered, assessment, BALANCED, LEANS_STAFF, workbook } from '../export/summaries.ts';

const guide = workbook.guide;
const of = (answers: ReturnType<typeof answered>) =>
  readingOf({ slide: assessment, answers }, guide);

describe('an own result', () => {
  test('null until the last statement is answered', () => {
    const { [assessment.statements[3]!.id]: _, ...eleven } = LEANS_STAFF;
    expect(of(eleven)).toBeNull();
  });

  test('a lean that hides two high or two low scores says so; a balanced one has its own words', () => {
    expect(of(answered(5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4))?.nuance).toBe(guide?.nuances.high);
    expect(of(answered(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2))?.nuance).toBe(guide?.nuances.low);
    expect(of(LEANS_STAFF)?.nuance).toBeNull();
    expect(of(BALANCED)).toMatchObject({ nuance: null, meanings: guide?.meanings.both });
    expect(of(answered(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))).toMatchObject({
      nuance: null,
      meanings: guide?.meanings.neither,
    });
  });

  test('what to test next: the side of the lean, both of a balanced result', () => {
    expect(of(LEANS_STAFF)?.toTest.map(({ side }) => side)).toEqual([0]);
    expect(of(BALANCED)?.toTest.map(({ side }) => side)).toEqual([0, 1]);
  });

  test('trade-offs are those that fit; without a workbook the rest stays', () => {
    const second = of(answered(1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5));
    expect(second?.tradeoffs).toHaveLength(2);
    expect(of(LEANS_STAFF)?.tradeoffs).toHaveLength(3);
    const bare = readingOf({ slide: assessment, answers: LEANS_STAFF }, null);
    expect(bare).toMatchObject({ meanings: [], tradeoffs: [], nuance: null });
    expect(bare?.sides[0].strongest).toHaveLength(3);
  });
});

/** What an own result is made of, before any words of the page (assess.reading). */
import { nuanceOf, score, strongest, weakest, type Result } from '#core/scoring.ts';
import type { Dilemma, Guide } from '#protocol/workbook.ts';
import type { KeptAssessment } from '../record.ts';

export const SIDES = [0, 1] as const;
const HIGHEST = 5;
const MOST_NAMED = 3;

export interface ResultSide {
  side: 0 | 1;
  sum: number;
  /** The most points there could be. */
  most: number;
  strongest: { id: string; text: string }[];
  weakest: { id: string; text: string }[];
  /** What to test next: of the strongest statements, then the workshop's trials. */
  next: string[];
}

export interface OwnReading {
  result: Result;
  sides: [ResultSide, ResultSide];
  /** The sides worth testing: of the lean; both of a balanced result. */
  toTest: ResultSide[];
  nuance: string | null;
  meanings: string[];
  tradeoffs: Dilemma[];
}

/** @returns null until every statement is answered */
export function readingOf(
  { slide, answers }: Pick<KeptAssessment, 'slide' | 'answers'>,
  guide: Guide | null,
): OwnReading | null {
  const scale = { ...slide.scale, statements: slide.statements };
  const result = score(answers, scale);
  if (!result) return null;
  const named = (ids: string[]) =>
    ids.flatMap((id) => slide.statements.filter((statement) => statement.id === id));
  const sideOf = (side: 0 | 1): ResultSide => {
    const high = named(strongest(answers, scale, side, MOST_NAMED));
    return {
      side,
      sum: result.sums[side],
      most: HIGHEST * slide.statements.filter(({ pole }) => pole === side).length,
      strongest: high,
      weakest: named(weakest(answers, scale, side, MOST_NAMED)),
      next: [...high.flatMap(({ test }) => test ?? []), ...slide.trials[side]],
    };
  };
  const sides: [ResultSide, ResultSide] = [sideOf(0), sideOf(1)];
  const nuance = nuanceOf(result, scale);
  return {
    result,
    sides,
    toTest: sides.filter(({ side }) => result.lean === 2 || result.lean < 2 === (side === 0)),
    nuance: nuance && (guide?.nuances[nuance] ?? null),
    meanings: guide?.meanings[result.reading] ?? [],
    tradeoffs: (guide?.tradeoffs ?? []).filter(({ fits }) => fits.includes(result.reading)),
  };
}

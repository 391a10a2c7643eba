/** Scores the self-assessment. Runs on the phone; the twelve answers never leave it (DISC-12). */
import { LEAN_BINS, type Choice } from './round.ts';

/** A statement scores for the first (0) or the second (1) pole. */
export interface Statement {
  id: string;
  pole: 0 | 1;
}

/** How answers are read. Sums and Δ are points: each answer is worth 1 to 5. */
export interface Scale {
  statements: readonly Statement[];
  /** |Δ| up to this is balanced. */
  balanced: number;
  /** |Δ| above `balanced` up to this is leaning, more is strong. */
  leaning: number;
  /** Balanced with both sums at least this: both roles attract. */
  high: number;
  /** Balanced with both sums at most this: neither attracts yet. */
  low: number;
}

/** By statement id, 1 = strongly disagree to 5 = strongly agree. */
export type Answers = Readonly<Record<string, number>>;

export type Reading = 'first' | 'second' | 'both' | 'hybrid' | 'neither';

export interface Result {
  /** Points for the first and the second pole. */
  sums: [number, number];
  /** Second minus first: negative leans to the first pole. */
  delta: number;
  /** Lean bin: 0 strongly first, 1 leaning first, 2 balanced, 3 leaning second, 4 strongly second. */
  lean: number;
  /** `both`, `hybrid` and `neither` are balanced results by warmth (assess.reading, decide.neither). */
  reading: Reading;
}

/** @returns null unless every statement has an answer from 1 to 5. */
export function score(answers: Answers, scale: Scale): Result | null {
  const sums: [number, number] = [0, 0];
  for (const { id, pole } of scale.statements) {
    const answer = answers[id];
    if (!isAnswer(answer)) return null;
    sums[pole] += answer;
  }
  const delta = sums[1] - sums[0];
  const lean = leanOf(delta, scale);
  return { sums, delta, lean, reading: readingOf(sums, lean, scale) };
}

/** The ballot of a fully answered assessment: lean bin and one three-level mark per statement, in content order. */
export function assessmentChoice(answers: Answers, scale: Scale): Choice | null {
  const result = score(answers, scale);
  if (!result) return null;
  return {
    lean: result.lean,
    marks: scale.statements.map(({ id }) => markOf(answers[id] ?? 3)),
  };
}

/** 1–2 disagree (0), 3 neutral (1), 4–5 agree (2): index into MARKS (DISC-4). */
export function markOf(answer: number): number {
  return answer <= 2 ? 0 : answer === 3 ? 1 : 2;
}

/**
 * The statements of one pole that were answered highest, best first; ties keep content order.
 * @param most at most this many, and only those answered 4 or 5
 */
export function strongest(answers: Answers, scale: Scale, pole: 0 | 1, most: number): string[] {
  return scale.statements
    .filter((statement) => statement.pole === pole && (answers[statement.id] ?? 0) >= 4)
    .sort((a, b) => (answers[b.id] ?? 0) - (answers[a.id] ?? 0))
    .slice(0, most)
    .map(({ id }) => id);
}

/**
 * The statements of one pole that were answered lowest, lowest first; ties keep content order.
 * @param most at most this many, and only those answered 1 or 2
 */
export function weakest(answers: Answers, scale: Scale, pole: 0 | 1, most: number): string[] {
  const answer = (id: string) => answers[id] ?? 0;
  return scale.statements
    .filter(({ id, pole: side }) => side === pole && answer(id) >= 1 && answer(id) <= 2)
    .sort((a, b) => answer(a.id) - answer(b.id))
    .slice(0, most)
    .map(({ id }) => id);
}

/** A result that leans although both sums are high, or both low: what its lean alone would hide. */
export function nuanceOf({ sums, lean }: Result, scale: Scale): 'high' | 'low' | null {
  if (lean === 2) return null;
  if (sums.every((sum) => sum >= scale.high)) return 'high';
  return sums.every((sum) => sum <= scale.low) ? 'low' : null;
}

function leanOf(delta: number, scale: Scale): number {
  const middle = (LEAN_BINS - 1) / 2;
  const size = Math.abs(delta);
  const distance = size <= scale.balanced ? 0 : size <= scale.leaning ? 1 : 2;
  return middle + Math.sign(delta) * distance;
}

function readingOf(sums: readonly [number, number], lean: number, scale: Scale): Reading {
  if (lean < 2) return 'first';
  if (lean > 2) return 'second';
  if (sums.every((sum) => sum >= scale.high)) return 'both';
  return sums.every((sum) => sum <= scale.low) ? 'neither' : 'hybrid';
}

function isAnswer(answer: number | undefined): answer is number {
  return answer !== undefined && Number.isInteger(answer) && answer >= 1 && answer <= 5;
}

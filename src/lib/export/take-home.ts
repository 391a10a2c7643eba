/**
 * What a participant takes home: plain data, made on the phone from what the phone already holds.
 * It never goes to the server (DISC-12); every format is written from this one shape.
 */
import { score, strongest, weakest, type Answers, type Reading } from '#core/scoring.ts';
import type { PlanSummary } from '$lib/seat/plan/summary.ts';
import type { SlideByKind } from '#slides/kinds.ts';
import type { Poles } from '#slides/kind.ts';

type AssessmentSlide = SlideByKind['assessment'];

/** The best any statement can be answered. */
const HIGHEST = 5;
/** At most this many statements per pole are named as strongest, weakest or to be tested. */
const MOST_NAMED = 3;
/** Longer names are cut: characters. A name is one line of a summary. */
const LONGEST_NAME = 120;

export interface TakeHomePole {
  name: string;
  short: string;
  /** Points, and how many there could have been. */
  sum: number;
  most: number;
}

export interface TakeHomeStatement {
  /** The workshop's name for it; null in a summary of format 1. */
  id: string | null;
  /** The pole it scores for. */
  pole: 0 | 1;
  text: string;
  /** 1 = strongly disagree to 5 = strongly agree. */
  answer: number;
}

/** Statements of one pole that were answered high, as things to test, and trials to run. */
export interface NextSteps {
  pole: 0 | 1;
  tests: string[];
  trials: string[];
}

export interface TakeHome {
  workshop: string;
  /** The workshop's id, where it is known: two summaries of one workshop can be compared. */
  workshopId: string | null;
  /** Of workshop and summary: `en`, `de-CH`. */
  language: string;
  /** Day of the workshop where it was held: `2026-11-23`. */
  date: string;
  /** As typed for this summary, one line; null when none was given. */
  name: string | null;
  poles: [TakeHomePole, TakeHomePole];
  /** Lean bin: 0 strongly first, 2 balanced, 4 strongly second. */
  lean: number;
  reading: Reading;
  /** The workshop's sentence for this reading. */
  sentence: string;
  /** Texts per pole answered 4 or 5, best first. */
  strongest: [string[], string[]];
  /** Texts per pole answered 1 or 2, lowest first. */
  weakest: [string[], string[]];
  /** All of them, in content order. */
  statements: TakeHomeStatement[];
  /** For the pole of the lean; for both poles when it is balanced. */
  next: NextSteps[];
  /** What was published of the room, in a sentence; null when nothing was or there was no room. */
  room: string | null;
  /** What somebody means to try; null when there is no plan. */
  plan: PlanSummary | null;
}

export interface TakeHomeInput {
  workshop: string;
  workshopId?: string;
  language: string;
  /** `2026-11-23` */
  date: string;
  poles: Poles;
  assessment: AssessmentSlide;
  answers: Answers;
  name?: string;
  room?: string | null;
  plan?: PlanSummary | null;
}

/** @returns null unless every statement has an answer from 1 to 5 */
export function buildTakeHome(input: TakeHomeInput): TakeHome | null {
  const { assessment, answers, poles } = input;
  const scale = { ...assessment.scale, statements: assessment.statements };
  const result = score(answers, scale);
  if (!result) return null;
  const pole = (side: 0 | 1): TakeHomePole => ({
    name: poles[side].name,
    short: poles[side].short,
    sum: result.sums[side],
    most: HIGHEST * assessment.statements.filter((statement) => statement.pole === side).length,
  });
  const found = (ids: readonly string[]) =>
    ids.flatMap((id) => assessment.statements.filter((statement) => statement.id === id));
  const high = (side: 0 | 1) => found(strongest(answers, scale, side, scale.statements.length));
  const low = (side: 0 | 1) => named(found(weakest(answers, scale, side, MOST_NAMED)));
  return {
    workshop: input.workshop,
    workshopId: filled(input.workshopId),
    language: input.language,
    date: input.date,
    name: filled(oneLine(input.name ?? '')),
    poles: [pole(0), pole(1)],
    lean: result.lean,
    reading: result.reading,
    sentence: assessment.readings[result.reading],
    strongest: [named(high(0)), named(high(1))],
    weakest: [low(0), low(1)],
    statements: assessment.statements.map(({ id, pole, text }) => ({
      id,
      pole,
      text,
      answer: answers[id] ?? 0,
    })),
    next: sidesOf(result.reading).map((side) => ({
      pole: side,
      tests: high(side)
        .flatMap(({ test }) => (test === null ? [] : [test]))
        .slice(0, MOST_NAMED),
      trials: assessment.trials[side],
    })),
    room: filled(input.room),
    plan: input.plan ?? null,
  };
}

/**
 * A typed name as one line: composed, without control and direction characters, which could turn
 * the line around it, and no longer than LONGEST_NAME.
 */
export function oneLine(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  const characters = [...line];
  return characters.length > LONGEST_NAME
    ? `${characters.slice(0, LONGEST_NAME - 1).join('')}…`
    : line;
}

function sidesOf(reading: Reading): (0 | 1)[] {
  switch (reading) {
    case 'first':
      return [0];
    case 'second':
      return [1];
    case 'both':
    case 'hybrid':
    case 'neither':
      return [0, 1];
  }
}

function filled(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function named(statements: readonly { text: string }[]): string[] {
  return statements.slice(0, MOST_NAMED).map(({ text }) => text);
}

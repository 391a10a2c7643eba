/**
 * What simulated people answer. Pure: the same crowd gives the same answers after every reload. A
 * tendency is kept exactly, by shares of the whole crowd, so that its result can be foreseen.
 */
import { score, type Answers, type Scale } from '#core/scoring.ts';
import { randomFrom, shuffled } from '#core/shuffle.ts';
import type { Plan, Tendency } from './plan.ts';

export type Crowd = Pick<Plan, 'count' | 'tendency' | 'seed'>;

/** Shares of a crowd along a scale of five, from the first pole to the second. */
const LEANS: Readonly<Record<Tendency, readonly number[]>> = {
  spread: [0.2, 0.2, 0.2, 0.2, 0.2],
  first: [0.27, 0.33, 0.23, 0.12, 0.05],
  second: [0.05, 0.12, 0.23, 0.33, 0.27],
  between: [0.05, 0.15, 0.6, 0.15, 0.05],
  camps: [0.22, 0.25, 0.06, 0.25, 0.22],
  'one-mind': [0.5, 0.5, 0, 0, 0],
};

/** Shares of those who moved toward the first pole, stayed, moved toward the second. */
const MOVES: Readonly<Record<Tendency, readonly number[]>> = {
  spread: [0.3, 0.4, 0.3],
  first: [0.5, 0.4, 0.1],
  second: [0.1, 0.4, 0.5],
  between: [0.2, 0.6, 0.2],
  camps: [0.45, 0.1, 0.45],
  'one-mind': [0, 1, 0],
};

/** Nudges of single answers until a score is where it should be: more than any scale can need. */
const MOST_NUDGES = 1000;

/**
 * The cell that somebody chooses.
 * @param nth of the crowd, from 0
 * @param nested five points in a row that nest into three; else `cells` options of their own
 */
export function cellOf(
  crowd: Crowd,
  nth: number,
  question: string,
  { cells, nested }: { cells: number; nested: boolean },
): number {
  const five = LEANS[crowd.tendency];
  // Options do not nest: of one mind is one option, not one band of two.
  const alone = crowd.tendency === 'one-mind' && !nested;
  const shares = alone ? [1] : nested ? five : Array.from({ length: cells }, part(five, cells));
  return placeIn(crowd, nth, question, shares);
}

/** The lean bin of somebody's assessment, 0 to 4. */
export function leanOf(crowd: Crowd, nth: number, question: string): number {
  return placeIn(crowd, nth, question, LEANS[crowd.tendency]);
}

/** How a feeling moves since the beginning: −1 toward the first pole, 0 not at all, 1 toward the second. */
export function moveOf(crowd: Crowd, nth: number, question: string): number {
  return placeIn(crowd, nth, question, MOVES[crowd.tendency]) - 1;
}

/** Twelve (or however many) answers whose score falls into the lean bin. */
export function answersFor(scale: Scale, lean: number, seed: string): Answers {
  const random = randomFrom(seed);
  const answers = Object.fromEntries(
    scale.statements.map(({ id }) => [id, 2 + Math.floor(random() * 4)]),
  );
  for (let nudge = 0; nudge < MOST_NUDGES; nudge++) {
    const off = lean - (score(answers, scale)?.lean ?? lean);
    if (off === 0) break;
    const { id, pole } = scale.statements[Math.floor(random() * scale.statements.length)] ?? {};
    if (id === undefined) break;
    const step = Math.sign(off) * (pole === 1 ? 1 : -1);
    answers[id] = Math.min(5, Math.max(1, (answers[id] ?? 3) + step));
  }
  return answers;
}

/** What somebody does with the ballot of a question. */
export interface Habit {
  /** Keeps it on the phone. */
  keeps: boolean;
  /** Sends something else first; about one in six. */
  changes: boolean;
  /** Between the opening and the tap, and between the two taps; ms. */
  thinks: number;
  hesitates: number;
}

/** How many of a crowd keep their ballot; a small one needs every single one to see a result. */
export function keepersOf(count: number): number {
  return count < 11 ? 0 : count < 24 ? 1 : 2;
}

/** @param least, most how long people think, ms */
export function habitOf(
  crowd: Crowd,
  nth: number,
  question: string,
  [least, most]: readonly [number, number],
): Habit {
  const random = randomFrom(`${crowd.seed} ${question} habit ${nth}`);
  return {
    keeps: rankOf(crowd, nth, `${question} keeps`) < keepersOf(crowd.count),
    changes: rankOf(crowd, nth, `${question} changes`) < Math.floor(crowd.count / 6),
    thinks: least + random() * (most - least),
    hesitates: 1500 + random() * 2500,
  };
}

/** Where somebody comes in a list of shares that everybody is drawn from. */
function placeIn(crowd: Crowd, nth: number, question: string, shares: readonly number[]): number {
  const rank = rankOf(crowd, nth, question);
  const seats = seatsOf(crowd.count, shares);
  let end = 0;
  const place = seats.findIndex((size) => rank < (end += size));
  return Math.max(0, place);
}

/** A place from 0 in the crowd, another one for every question; who comes on top waits at its end. */
function rankOf({ count, seed }: Crowd, nth: number, question: string): number {
  const order = shuffled(
    Array.from({ length: count }, (_, index) => index),
    `${seed} ${question}`,
  );
  const rank = order.indexOf(nth);
  return rank < 0 ? count - 1 : rank;
}

/** Shares in whole people, by largest remainder; ties fall to the earlier share. */
function seatsOf(count: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * count);
  const seats = exact.map(Math.floor);
  const left = count - seats.reduce((sum, each) => sum + each, 0);
  const rest = (index: number) => (exact[index] ?? 0) - (seats[index] ?? 0);
  const byRest = exact.map((_, index) => index).sort((a, b) => rest(b) - rest(a) || a - b);
  for (const index of byRest.slice(0, left)) seats[index] = (seats[index] ?? 0) + 1;
  return seats;
}

/** The share of the nth of `cells` equal parts, where shares of five stand side by side. */
function part(five: readonly number[], cells: number) {
  const until = (end: number) =>
    five.reduce((sum, share, index) => sum + share * Math.min(1, Math.max(0, end - index)), 0);
  return (_: unknown, cell: number) =>
    until(((cell + 1) * five.length) / cells) - until((cell * five.length) / cells);
}

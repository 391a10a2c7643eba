/** A round: one anonymous collection, what a ballot in it may hold, and how it is counted. */
import {
  disclose,
  FIVE_IN_THREE,
  flatBands,
  type Bands,
  type Outcome,
  type Policy,
} from './disclosure.ts';

/** `question` is unique in a workshop: a question is published once per session (DISC-5). */
export type Round =
  | { question: string; form: 'single'; cells: number; bands: Bands }
  | { question: string; form: 'assessment'; statements: readonly string[] };

/** How far somebody agrees with a statement, as it leaves the phone (DISC-4). */
export const MARKS = ['disagree', 'neutral', 'agree'] as const;

/** The five lean bins, from strongly the first pole (0) to strongly the second (4). */
export const LEAN_BINS = 5;

/** All that a ballot says. `cell`, `lean`: index of a cell; `marks`: index into MARKS, one per statement in content order. */
export type Choice = { cell: number } | { lean: number; marks: number[] };

/** What a round publishes: made once, then immutable (DISC-5). */
export interface Release {
  question: string;
  main: Outcome;
  /** Per statement id, only for an assessment (DISC-4). Cells as in MARKS. */
  statements?: Record<string, Outcome>;
}

/** Whether `choice` is a possible answer in `round`: right form, whole indexes in range. */
export function fits(round: Round, choice: Choice): boolean {
  if (round.form === 'single') return 'cell' in choice && isIndex(choice.cell, round.cells);
  return (
    'lean' in choice &&
    isIndex(choice.lean, LEAN_BINS) &&
    choice.marks.length === round.statements.length &&
    choice.marks.every((mark) => isIndex(mark, MARKS.length))
  );
}

/**
 * Tallies and discloses in one go, so that a tally exists nowhere else. Deterministic and blind to
 * the order of `choices`: a node that takes over after a crash computes the same release.
 * @throws RangeError for a choice that does not fit the round
 */
export function publish(round: Round, choices: readonly Choice[], policy: Policy): Release {
  const misfit = choices.find((choice) => !fits(round, choice));
  if (misfit) throw new RangeError(`a ballot does not fit the round ${round.question}`);
  if (round.form === 'single') {
    const cells = choices.map((choice) => ('cell' in choice ? choice.cell : -1));
    return {
      question: round.question,
      main: disclose(count(cells, round.cells), round.bands, policy),
    };
  }
  const leans = choices.map((choice) => ('lean' in choice ? choice.lean : -1));
  const statements = round.statements.map((id, position): [string, Outcome] => {
    const marks = choices.map((choice) =>
      'marks' in choice ? (choice.marks[position] ?? -1) : -1,
    );
    const tally = count(marks, MARKS.length);
    return [id, disclose(tally, flatBands(MARKS.length), policy, policy.statementsFrom)];
  });
  return {
    question: round.question,
    main: disclose(count(leans, LEAN_BINS), FIVE_IN_THREE, policy),
    statements: Object.fromEntries(statements),
  };
}

function count(indexes: readonly number[], cells: number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const index of indexes) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}

/** What moved between two results. Pure: words and pictures are made of it elsewhere. */
import type { TakeHome } from '$lib/export/take-home.ts';

export interface Moved {
  text: string;
  /** Answers, 1 to 5. */
  before: number;
  after: number;
}

export interface Comparison {
  before: TakeHome;
  after: TakeHome;
  /** Answered otherwise, the largest change first; texts of the later one. */
  moved: Moved[];
  /** How many statements were answered as before. */
  same: number;
}

/** @returns null when the two have no statement in common: they are of different workshops */
export function compare(before: TakeHome, after: TakeHome): Comparison | null {
  const pairs = after.statements.flatMap((statement) => {
    const match = before.statements.find(
      ({ id, text }) => text === statement.text || (id !== null && id === statement.id),
    );
    const pair = { text: statement.text, before: match?.answer ?? 0, after: statement.answer };
    return match ? [pair] : [];
  });
  const foreign =
    before.workshopId !== null &&
    after.workshopId !== null &&
    before.workshopId !== after.workshopId;
  if (pairs.length === 0 || foreign) return null;
  const moved = pairs
    .filter((pair) => pair.before !== pair.after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  return { before, after, moved, same: pairs.length - moved.length };
}

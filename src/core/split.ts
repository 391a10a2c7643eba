/** Statements that split the room, ranked from what was published alone (DISC-4). */
import type { Release } from './round.ts';

export interface Split {
  statement: string;
  /** Ballots per mark: disagree, neutral, agree. */
  counts: number[];
  n: number;
}

/**
 * The statements on which agreement and disagreement come closest to each other and are largest.
 * A veiled or withheld statement has no rank. Ties fall by statement id, so every face agrees.
 */
export function splits(release: Release, most: number): Split[] {
  return Object.entries(release.statements ?? {})
    .flatMap(([statement, outcome]) =>
      outcome.outcome === 'spread' ? [{ statement, counts: outcome.counts, n: outcome.n }] : [],
    )
    .filter((split) => opposition(split) > 0)
    .sort((a, b) => opposition(b) - opposition(a) || (a.statement < b.statement ? -1 : 1))
    .slice(0, most);
}

/** The smaller camp's size, 0 to n / 2. */
function opposition(split: Split): number {
  return Math.min(split.counts[0] ?? 0, split.counts[2] ?? 0);
}

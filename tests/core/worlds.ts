/**
 * All worlds of a release (T2): every tally that publishes the same, seen by people who know their
 * own answers. Only the published text and the number of ballots tell worlds apart, for that is all
 * the room has: the joined and answered counts say n, and nothing else.
 */
import { disclose, type Bands, type Policy, type PolicyName } from '#core/disclosure.ts';

/** Every way to put `n` ballots into `cells` cells. */
export function tallies(n: number, cells: number): number[][] {
  if (cells === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, first) =>
    tallies(n - first, cells - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** A question, published from so many ballots (DISC-4 for statements). */
export interface Asked {
  bands: Bands;
  cells: number;
  policy: Policy;
  minimum: number;
}

export interface Knowledge {
  /** What was published, and the colluders' answers per cell. */
  release: string;
  known: readonly number[];
  /** Cells and bands in which somebody else may still be, in one world or another. */
  cells: number;
  bands: number;
}

/**
 * What `colluders` people and everybody who sees the release know about any one of the others.
 * @returns one entry per release and set of own answers that can come to pass; n ballots in all
 */
export function knowledge(asked: Asked, n: number, colluders: number): Knowledge[] {
  const possible = new Map<string, { release: string; known: number[]; cells: Set<number> }>();
  for (const tally of tallies(n, asked.cells)) {
    const release = JSON.stringify(disclose(tally, asked.bands, asked.policy, asked.minimum));
    for (const known of within(tally, colluders)) {
      const key = `${release} ${known.join()}`;
      const entry = possible.get(key) ?? { release, known, cells: new Set() };
      possible.set(key, entry);
      tally.forEach((count, cell) => {
        if (count > (known[cell] ?? 0)) entry.cells.add(cell);
      });
    }
  }
  return [...possible.values()].map(({ release, known, cells }) => ({
    release,
    known,
    cells: cells.size,
    bands: asked.bands.filter((band) => band.some((cell) => cells.has(cell))).length,
  }));
}

/** Those who can be certain of somebody's cell or band. Empty is what T2 asks for. */
export function singledOut(asked: Asked, n: number, colluders: number): Knowledge[] {
  return knowledge(asked, n, colluders).filter(({ cells, bands }) => cells < 2 || bands < 2);
}

/** The margin t as people were promised it (DISC-3): on purpose not asked of the code that keeps it. */
const PROMISED: Readonly<Record<PolicyName, (n: number) => number>> = {
  standard: (n) => (n <= 7 ? 2 : Math.max(3, Math.ceil(n / 5))),
  strict: (n) => (n <= 11 ? 3 : Math.max(4, Math.ceil(n / 4))),
};

export function mostColluders(n: number, policy: Policy): number {
  return PROMISED[policy.name](n) - 1;
}

/** Every set of up to t − 1 colluders who leave at least one target, as a list of sizes. */
export function withstood(n: number, policy: Policy): number[] {
  const most = Math.min(mostColluders(n, policy), n - 1);
  return Array.from({ length: most + 1 }, (_, size) => size);
}

/** The parts of `tally` with `size` ballots in all. */
function within(tally: readonly number[], size: number): number[][] {
  const [first, ...rest] = tally;
  if (first === undefined) return size === 0 ? [[]] : [];
  return Array.from({ length: Math.min(first, size) + 1 }, (_, own) =>
    within(rest, size - own).map((others) => [own, ...others]),
  ).flat();
}

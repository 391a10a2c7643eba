import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { POLICIES, type Policy } from '#core/disclosure.ts';
import { publish, type Release, type Round } from '#core/round.ts';
import type { Scale, Statement } from '#core/scoring.ts';
import {
  bandOf,
  deltas,
  elsewhere,
  leans,
  profiles,
  unanimousButColluders,
  type Ballot,
} from './joint.ts';
import { mostColluders, tallies } from './worlds.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

function scaleOf(perPole: number, balanced: number, leaning: number): Scale {
  const half = Array.from({ length: perPole }, (_, at) => at + 1);
  const statements = [
    ...half.map((n): Statement => ({ id: `s${n}`, pole: 0 })),
    ...half.map((n): Statement => ({ id: `e${n}`, pole: 1 })),
  ];
  return { statements, balanced, leaning, high: perPole * 4, low: perPole * 2 };
}

function roundOf({ statements }: Scale): Round {
  return { question: 'lean', form: 'assessment', statements: statements.map(({ id }) => id) };
}

const twelve = scaleOf(6, 3, 9);

/** Rooms close to one mind: the band of all but colluders, and how the marks are weighted. */
const rooms = fc
  .record({
    policy: fc.constantFrom<Policy>(POLICIES.standard, POLICIES.strict),
    beyond: fc.nat(5),
    band: fc.nat(2),
    outsiders: fc.nat(3),
    weights: fc.constantFrom([0, 1, 0], [1, 6, 1], [1, 2, 1], [1, 1, 1], [1, 0, 1], [3, 1, 3]),
    noise: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
  })
  .map(({ policy, beyond, band, outsiders, weights, noise }) => {
    const n = policy.statementsFrom + beyond;
    const colluders = mostColluders(n, policy);
    const draw = () => noise.next().value as number;
    const ballots = Array.from({ length: n }, (_, at): Ballot => {
      const wanted = at < Math.min(outsiders, colluders) ? (band + 1 + (at % 2)) % 3 : band;
      return ballotIn(wanted, weights, draw);
    });
    return { policy, colluders, ballots };
  });

function ballotIn(band: number, weights: readonly number[], draw: () => number): Ballot {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const marks = twelve.statements.map(() => {
    const at = draw() * total;
    return at < weights[0]! ? 0 : at < weights[0]! + weights[1]! ? 1 : 2;
  });
  // Turned mark by mark toward the band's side until some answers with these marks lie in it.
  for (const [at, { pole }] of twelve.statements.entries()) {
    const lean = leans(marks, twelve).find((bin) => bandOf(bin) === band);
    if (lean !== undefined) return { lean, marks };
    marks[at] = band === 1 ? 1 : (pole === 0) === (band === 0) ? 2 : 0;
  }
  return { lean: band * 2, marks };
}

describe('T2 jointly: the statements of an assessment never undo the veil on its lean', () => {
  test('ten people and more, up to t − 1 colluders: somebody else may always lean elsewhere', () => {
    let veiled = 0;
    fc.assert(
      fc.property(rooms, ({ policy, colluders, ballots }) => {
        fc.pre(unanimousButColluders(ballots, colluders));
        const other = elsewhere(ballots, colluders, twelve, policy);
        expect(other).not.toBeNull();
        expect(publish(roundOf(twelve), other!, policy)).toEqual(
          publish(roundOf(twelve), ballots, policy),
        );
        expect(other!.slice(0, colluders)).toEqual(ballots.slice(0, colluders));
        for (const { lean, marks } of other!) expect(leans(marks, twelve)).toContain(lean);
        expect(unanimousButColluders(other!, colluders)).toBe(false);
        veiled++;
      }),
      { numRuns: 3000 },
    );
    expect(veiled).toBeGreaterThan(1000);
  });

  test('every room of five and six over two statements: needs more statements than twice `balanced`', () => {
    const early = { ...POLICIES.standard, statementsFrom: 5 };
    for (const n of [5, 6]) expect(certainBands(scaleOf(1, 0, 2), n, 1, early)).toBe(0);
    // Two statements, balanced up to one point: one mark more or less moves two people at once.
    expect(certainBands(scaleOf(1, 1, 3), 6, 1, early)).toBeGreaterThan(0);
  });
});

describe('the limit: a guarantee is per release', () => {
  // Six strong firsts with Δ = −10 and four balanced with Δ = 3 at the least their marks allow.
  const strong = Array.from({ length: 6 }, (_, person): Ballot => ({
    lean: 0,
    marks: [2, 2, 2, 2, 2, 2, ...[2, 2, 2, 2, 1, 0].map((_, at, e) => e[(at + person) % 6]!)],
  }));
  const balanced = new Array<Ballot>(4).fill({
    lean: 2,
    marks: [2, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
  });
  const release = publish(roundOf(twelve), [...strong, ...balanced], POLICIES.standard);

  test('both releases together can betray one veiled mark, when all answer at the edge of their bins', () => {
    expect(release.main).toMatchObject({ outcome: 'spread', counts: [6, 0, 4, 0, 0] });
    expect(release.statements?.s1).toEqual({ outcome: 'veiled', n: 10, atLeast: 7, band: 2 });
    const rest = Object.entries(release.statements!).filter(([id]) => id !== 's1');
    expect(rest.every(([, outcome]) => outcome.outcome === 'spread')).toBe(true);
    // The bins allow a sum of Δ of at most 6 × −10 + 4 × 3; the marks demand at least as much, and
    // more with every agreement to s1 that was not given.
    const least = [...strong, ...balanced].reduce(
      (sum, { marks }) => sum + deltas(marks, twelve)[0],
      0,
    );
    expect(least).toBe(6 * -10 + 4 * 3);
  });
});

/** How many pairs of a release and one colluder's own ballots leave no doubt about a band. */
function certainBands(scale: Scale, n: number, colluders: number, policy: Policy): number {
  const all = profiles(scale);
  const seen = new Map<string, Set<number>>();
  const learn = (release: Release, known: string, rest: number[]) => {
    const key = `${JSON.stringify(release)} ${known}`;
    const bands = seen.get(key) ?? new Set();
    rest.forEach((count, at) => count > 0 && bands.add(bandOf(all[at]!.lean)));
    seen.set(key, bands);
  };
  for (const tally of tallies(n, all.length)) {
    const ballots = tally.flatMap((count, at) => new Array<Ballot>(count).fill(all[at]!));
    const release = publish(roundOf(scale), ballots, policy);
    learn(release, 'nobody', tally);
    if (colluders > 0)
      tally.forEach((count, own) => {
        if (count > 0)
          learn(
            release,
            `${own}`,
            tally.map((of, at) => of - Number(at === own)),
          );
      });
  }
  return [...seen.values()].filter((bands) => bands.size < 2).length;
}

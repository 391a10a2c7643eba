/** What people answer in a played session: drawn from a seed, and worlds that differ under one release. */
import { POLICIES, type PolicyName } from '#core/disclosure.ts';
import { publish, type Choice, type Round } from '#core/round.ts';
import { shuffled } from '#core/shuffle.ts';
import { roundOf, type Answering, type Counted } from './transcript.ts';

/** In each round so many people are tried for another answer that leaves the release as it is. */
const MOST_TRIED = 4;

/** A number from 0 up to 1 that depends on all of `parts` alone. */
export function draw(...parts: (string | number)[]): number {
  let hash = 2166136261;
  for (const char of parts.join(' ')) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4294967296;
}

/** Any answer; every other seed has rooms that are nearly of one mind, so that veils fall. */
export function drawn(round: Round, seed: number, seat: number, nth: number): Choice {
  const unison = seed % 2 === 0 && draw(seed, seat, round.question, 'u') < 0.9;
  const cell = (cells: number, of: string) =>
    Math.floor(draw(seed, unison ? 'all' : `${seat} ${nth}`, round.question, of) * cells);
  if (round.form === 'single') return { cell: cell(round.cells, 'cell') };
  return { lean: cell(5, 'lean'), marks: round.statements.map((id) => cell(3, id)) };
}

export function answeringFrom(seed: number): Answering {
  return (seat, question, nth) => drawn(roundOf(question), seed, seat, nth);
}

/** A world like another for all who see the releases, and the colluders' own answers. */
export interface OtherWorld {
  answering: Answering;
  /** Ballots that counted and are not what they were. */
  changed: number;
}

/**
 * Gives those who do not collude other answers under the same releases: all that counted change
 * hands, then as many as the release allows change for good; what never counted is drawn anew.
 * @param who where a seat of the first world sits in the second; colluders stay
 */
export function otherWorld(
  first: Answering,
  counted: Counted,
  colluders: number,
  policy: PolicyName,
  seed: number,
  who: (seat: number) => number,
): OtherWorld {
  const fixed = new Map<string, Choice>();
  let changed = 0;
  for (const [question, ballots] of counted) {
    const round = roundOf(question);
    const before = [...ballots].map(([seat, nth]) => ({
      seat,
      nth,
      choice: first(seat, question, nth),
    }));
    const others = before.filter(({ seat }) => seat >= colluders);
    const own = before.filter(({ seat }) => seat < colluders).map(({ choice }) => choice);
    const release = (choices: Choice[]) =>
      JSON.stringify(publish(round, [...own, ...choices], POLICIES[policy]));
    const target = release(others.map(({ choice }) => choice));
    const after = shuffled(
      others.map(({ choice }) => choice),
      `${seed} ${question}`,
    );
    after.slice(0, MOST_TRIED).forEach((choice, at) => {
      after[at] = drawn(round, seed + 1, at, 0);
      if (release(after) !== target) after[at] = choice;
    });
    others.forEach(({ seat, nth, choice }, at) => {
      fixed.set(`${who(seat)} ${question} ${nth}`, after[at]!);
      if (JSON.stringify(choice) !== JSON.stringify(after[at])) changed++;
    });
  }
  const fresh = answeringFrom(seed + 2);
  return {
    changed,
    answering: (seat, question, nth) =>
      seat < colluders
        ? first(seat, question, nth)
        : (fixed.get(`${seat} ${question} ${nth}`) ?? fresh(seat, question, nth)),
  };
}

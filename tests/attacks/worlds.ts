/** What people answer in a played session, and other answers under which every release is the same. */
import { createHash } from 'node:crypto';
import { POLICIES, type PolicyName } from '#core/disclosure.ts';
import { publish, type Choice, type Release, type Round } from '#core/round.ts';
import { shuffled } from '#core/shuffle.ts';
import type { Act, Answering } from './played.ts';

/** A number from 0 to `sides` - 1 that depends on `parts` alone. */
export function roll(sides: number, ...parts: (string | number)[]): number {
  return createHash('sha256').update(parts.join(' ')).digest().readUInt32BE() % sides;
}

/** Any answer; in every other question most people are of one mind, so that veils fall. */
export function drawn(round: Round, ...parts: (string | number)[]): Choice {
  const [seed = 0, ...who] = parts;
  const unison = roll(2, seed, round.question) === 0 && roll(6, 'apart', ...parts) > 0;
  const of = (sides: number, what: string) =>
    roll(sides, seed, round.question, what, ...(unison ? [] : who));
  if (round.form === 'single') return { cell: of(round.cells, 'cell') };
  return { lean: of(5, 'lean'), marks: round.statements.map((id) => of(3, id)) };
}

/** By question: which ballot of each seat counts, if all that is planned happens. */
export type Counted = Map<string, Map<number, number>>;

/** @param asked the open question at each act, or null */
export function countedIn(acts: readonly { act: Act; asked: string | null }[]): Counted {
  const counted: Counted = new Map();
  const here: boolean[] = [];
  for (const { act, asked } of acts) {
    if (act.on === 'join') here.push(true);
    if (act.on === 'leave') here[act.seat] = false;
    if (act.on === 'reload' && act.seat < here.length) here[act.seat] = true;
    if (act.on !== 'ballot' || asked === null || !here[act.seat]) continue;
    const ballots = counted.get(asked) ?? new Map<number, number>();
    counted.set(asked, ballots.set(act.seat, (ballots.get(act.seat) ?? 0) + 1));
  }
  return counted;
}

export interface Worlds {
  first: Answering;
  second: Answering;
  /** What both publish. */
  releases: Map<string, Release>;
  /** Counted ballots that say something else in the second. */
  changed: number;
}

/** @param colluders seats below this number answer the same in both worlds */
export function twoWorlds(
  rounds: ReadonlyMap<string, Round>,
  counted: Counted,
  colluders: number,
  policy: PolicyName,
  seed: number,
): Worlds {
  const round = (question: string) => rounds.get(question)!;
  const first: Answering = (seat, question, nth) => drawn(round(question), seed, seat, nth);
  const fixed = new Map<string, Choice>();
  const releases = new Map<string, Release>();
  let changed = 0;
  for (const [question, ballots] of counted) {
    const before = [...ballots].map(([seat, nth]) => first(seat, question, nth)!);
    const release = (choices: Choice[]) => publish(round(question), choices, POLICIES[policy]);
    const target = JSON.stringify(release(before));
    const free = [...ballots.keys()].flatMap((seat, at) => (seat < colluders ? [] : [at]));
    const after = [...before];
    shuffled(free, `${seed} ${question}`).forEach((to, index) => {
      after[to] = before[free[index]!]!;
    });
    // Every second person may also answer something that nobody had answered.
    for (const at of free.filter((_, index) => index % 2 === 0)) {
      const kept = after[at]!;
      after[at] = drawn(round(question), seed + 1, at);
      if (JSON.stringify(release(after)) !== target) after[at] = kept;
    }
    releases.set(question, release(before));
    [...ballots].forEach(([seat, nth], at) => {
      fixed.set(`${seat} ${question} ${nth}`, after[at]!);
      if (JSON.stringify(before[at]) !== JSON.stringify(after[at])) changed++;
    });
  }
  const second: Answering = (seat, question, nth) =>
    seat < colluders
      ? first(seat, question, nth)
      : (fixed.get(`${seat} ${question} ${nth}`) ?? drawn(round(question), seed + 2, seat, nth));
  return { first, second, releases, changed };
}

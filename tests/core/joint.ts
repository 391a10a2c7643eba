/**
 * Lean and statements of one assessment are two releases about the same people, and the marks bound
 * the lean. Here is what somebody may compute who sees both and counts every possibility (T2).
 */
import { disclose, FIVE_IN_THREE, flatBands, type Policy } from '#core/disclosure.ts';
import { MARKS } from '#core/round.ts';
import type { Scale } from '#core/scoring.ts';

export interface Ballot {
  lean: number;
  marks: number[];
}

/** Answers that a mark stands for, least and most. */
const ANSWERS = [
  [1, 2],
  [3, 3],
  [4, 5],
] as const;
const NEUTRAL = 1;

/** Least and largest Δ that somebody with these marks may have; every whole number between is possible. */
export function deltas(marks: readonly number[], { statements }: Scale): [number, number] {
  let [least, most] = [0, 0];
  statements.forEach(({ pole }, at) => {
    const [low, high] = ANSWERS[marks[at] as 0 | 1 | 2];
    least += pole === 1 ? low : -high;
    most += pole === 1 ? high : -low;
  });
  return [least, most];
}

/** The lean bins that go with these marks. */
export function leans(marks: readonly number[], scale: Scale): number[] {
  const [least, most] = deltas(marks, scale);
  const bins = new Set<number>();
  for (let delta = least; delta <= most; delta++) {
    const size = Math.abs(delta);
    const distance = size <= scale.balanced ? 0 : size <= scale.leaning ? 1 : 2;
    bins.add(2 + Math.sign(delta) * distance);
  }
  return [...bins].sort((a, b) => a - b);
}

export const bandOf = (lean: number) => FIVE_IN_THREE.findIndex((band) => band.includes(lean));

/** Every ballot that honest answers can make. */
export function profiles(scale: Scale): Ballot[] {
  const all = 3 ** scale.statements.length;
  return Array.from({ length: all }, (_, code) =>
    scale.statements.map((_, at) => Math.floor(code / 3 ** at) % 3),
  ).flatMap((marks) => leans(marks, scale).map((lean) => ({ lean, marks })));
}

/**
 * Another room with the same release, in which one of those who do not collude leans elsewhere.
 * Only asked where all of them are in one band (else they may simply change places), so the lean is
 * veiled. One person moves mark by mark to where a statement's own release leaves room, and takes
 * each mark from somebody who has it unless the veil hides the change.
 * @param colluders so many ballots, from the front, stay as they are
 */
export function elsewhere(
  ballots: readonly Ballot[],
  colluders: number,
  scale: Scale,
  policy: Policy,
): Ballot[] | null {
  const room = ballots.map(({ lean, marks }) => ({ lean, marks: [...marks] }));
  const mover = room[colluders];
  const others = room.slice(colluders + 1);
  if (!mover) return null;
  const band = bandOf(mover.lean);
  const stays = (ballot: Ballot) => leans(ballot.marks, scale).find((bin) => bandOf(bin) === band);
  const leaves = (ballot: Ballot) => leans(ballot.marks, scale).find((bin) => bandOf(bin) !== band);
  const settle = () => {
    for (const ballot of [mover, ...others]) ballot.lean = stays(ballot) ?? leaves(ballot) ?? -1;
    const gone = [mover, ...others].filter((ballot) => bandOf(ballot.lean) !== band);
    if (gone.length === 0) mover.lean = leaves(mover) ?? mover.lean;
    return gone.length <= 1 && (gone.length === 1 || bandOf(mover.lean) !== band);
  };
  if (settle()) return room;
  for (const [at, { pole }] of scale.statements.entries()) {
    const wanted = [0, 1, 2]
      .filter((mark) => better(mark, mover.marks[at]!, band, pole))
      .sort((a, b) => (better(a, b, band, pole) ? -1 : 1));
    for (const mark of wanted) {
      if (hidden(room, at, mover, mark, policy)) mover.marks[at] = mark;
      else {
        const giver = others.find((ballot) => ballot.marks[at] === mark);
        if (!giver) continue;
        giver.marks[at] = mover.marks[at]!;
        mover.marks[at] = mark;
      }
      break;
    }
    if (settle()) return room;
  }
  return null;
}

/** Whether `mark` brings the mover nearer to another band than `other` does. */
function better(mark: number, other: number, band: number, pole: 0 | 1): boolean {
  if (band === 1) return mark !== NEUTRAL && other === NEUTRAL;
  const away = (pole === 1) === (band === 0) ? 1 : -1;
  return (mark - other) * away > 0;
}

/** Whether a statement's release stays the same when one person alone changes a mark. */
function hidden(room: Ballot[], at: number, mover: Ballot, mark: number, policy: Policy): boolean {
  const tally = MARKS.map((_, of) => room.filter(({ marks }) => marks[at] === of).length);
  const changed = tally.map(
    (count, of) => count + Number(of === mark) - Number(of === mover.marks[at]),
  );
  const release = (counts: number[]) =>
    JSON.stringify(disclose(counts, flatBands(MARKS.length), policy, policy.statementsFrom));
  return release(tally) === release(changed);
}

/** Whether nobody but colluders can be outside the others' band: the only case to prove. */
export function unanimousButColluders(room: readonly Ballot[], colluders: number): boolean {
  return new Set(room.slice(colluders).map(({ lean }) => bandOf(lean))).size === 1;
}

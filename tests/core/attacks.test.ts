import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { disclose, FIVE_IN_THREE, POLICIES } from '#core/disclosure.ts';
import type { Choice } from '#core/round.ts';
import { answeringFrom } from './answers.ts';
import { ballotCommand } from '#protocol/messages.ts';
import { play, roundOf, type Answering, type Happening } from './transcript.ts';
import { ROUNDS } from './workshop.ts';
import { tallies } from './worlds.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const join = (seats: number): Happening[] =>
  Array.from({ length: seats }, (_, seat) => ({ on: 'join', seat }));
const ballots = (...seats: number[]): Happening[] => seats.map((seat) => ({ on: 'ballot', seat }));
const upTo = (seats: number) => Array.from({ length: seats }, (_, seat) => seat);
const next: Happening = { on: 'next' };
const wait: Happening = { on: 'wait' };
const tick: Happening = { on: 'tick' };
/** To the open trade-off, a five-point spectrum; and from its result to the open poll of three. */
const toTradeoff: Happening[] = [{ on: 'jump', places: 4 }, next];
const toPoll: Happening[] = [{ on: 'jump', places: 5 }, next];

const cells =
  (byQuestion: Record<string, readonly number[]>): Answering =>
  (seat, question) => ({ cell: byQuestion[question]?.[seat] ?? 0 });
const five = fc.nat(4);
const SENT = { version: 1, nonce: 'n'.repeat(22) };
const seeds = fc.record({ seats: fc.integer({ min: 1, max: 11 }), seed: fc.nat(100_000) });

describe('T3 tap and watch', () => {
  test('a ballot sends nothing to anybody but its own seat; the next tick counts one more, no more', () => {
    fc.assert(
      fc.property(seeds, ({ seats, seed }) => {
        const before = [...join(seats + 1), ...toTradeoff, ...ballots(...upTo(seats))];
        const after: Happening[] = [{ on: 'timer', seconds: 60 }, tick];
        const answering = answeringFrom(seed);
        const quiet = play([...before, wait, ...after], answering, 'standard');
        const tapped = play([...before, ...ballots(seats), ...after], answering, 'standard');
        expect(tapped.frames.slice(0, -1)).toEqual(quiet.frames.slice(0, -1));
        expect(tapped.frames.at(-1)).toBe(
          quiet.frames.at(-1)?.replace(`"answered":${seats}`, `"answered":${seats + 1}`),
        );
        expect(tapped.acks.slice(0, seats)).toEqual(quiet.acks.slice(0, seats));
      }),
    );
  });

  test('DISC-6: until a close no frame depends on any answer, the host’s included', () => {
    fc.assert(
      fc.property(seeds, fc.nat(100_000), ({ seats, seed }, other) => {
        const open = [...join(seats), ...toTradeoff, ...ballots(...upTo(seats)), tick];
        const [one, two] = [seed, other].map((from) => play(open, answeringFrom(from), 'standard'));
        expect(one!.frames).toEqual(two!.frames);
        expect(one!.acks).toEqual(two!.acks);
      }),
    );
  });

  test('all ballots of a question are of one length on their way, whatever they say', () => {
    for (const [question, round] of ROUNDS) {
      const lengths = upTo(200).map((seed) => {
        const choice = answeringFrom(seed)(seed, question, 0);
        return JSON.stringify(ballotCommand.parse({ ...SENT, question, choice })).length;
      });
      expect(new Set(lengths).size, round.form).toBe(1);
    }
  });

  test('notes go to the host alone', () => {
    const whole = [...join(8), ...Array.from({ length: 40 }, () => [next, ...ballots(1, 2, 3)])];
    const { frames } = play(whole.flat(), answeringFrom(1), 'standard');
    const withNotes = frames.filter((frame) => frame.includes('Notes of'));
    expect(withNotes.length).toBeGreaterThan(10);
    expect(withNotes.every((frame) => frame.startsWith('host '))).toBe(true);
  });
});

describe('T5 edit', () => {
  test('vote, change, change back: counted once, and nobody else sees that it happened', () => {
    fc.assert(
      fc.property(seeds, five, five, ({ seats, seed }, mine, instead) => {
        const steady = answeringFrom(seed);
        const wavering: Answering = (seat, question, nth) =>
          seat === 0 ? { cell: nth === 1 ? instead : mine } : steady(seat, question, 0);
        const before = [...join(seats), ...toTradeoff, ...ballots(...upTo(seats))];
        const after = [tick, next, next];
        const once = play([...before, wait, wait, ...after], wavering, 'standard');
        const thrice = play([...before, ...ballots(0, 0), ...after], wavering, 'standard');
        expect(thrice.frames).toEqual(once.frames);
        expect(thrice.releases).toEqual(once.releases);
        expect(thrice.counted.get('focus')?.size).toBe(seats);
      }),
    );
  });

  test('T6: the newest ballot of a seat is the one that counts, through leaving and coming back', () => {
    const changing: Answering = (seat, _question, nth) => ({
      cell: seat === 0 ? nth * 2 : seat % 5,
    });
    const away: Happening[] = [
      { on: 'leave', seat: 0 },
      { on: 'join', seat: 0 },
    ];
    const { releases } = play(
      [...join(9), ...toTradeoff, ...ballots(...upTo(9)), ...away, ...ballots(0), next],
      changing,
      'standard',
    );
    expect(releases.get('focus')?.main).toMatchObject({ n: 9, counts: [1, 2, 3, 2, 1] });
  });
});

describe('T7 one leaves between two rounds', () => {
  const TIMES = 6;
  const rooms = fc.integer({ min: TIMES, max: 11 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      focus: fc.array(fc.oneof(five, fc.constant(1)), { minLength: n, maxLength: n }),
      choice: fc.array(fc.nat(2), { minLength: n, maxLength: n }),
      leaver: fc.nat(n - 1),
    }),
  );

  test('the leaver may have answered otherwise, in another bin and in another band, all else equal', () => {
    fc.assert(
      fc.property(rooms, ({ n, focus, choice, leaver }) => {
        const stay = upTo(n).filter((seat) => seat !== leaver);
        const happenings = [
          ...join(n),
          ...toTradeoff,
          ...ballots(...upTo(n)),
          next,
          next,
          { on: 'leave', seat: leaver } as const,
          ...toPoll,
          ...ballots(...stay),
          tick,
          next,
          next,
        ];
        const real = play(happenings, cells({ focus, choice }), 'standard');
        const possible = new Set(
          otherAnswers(focus, leaver).flatMap((other) => {
            const world = play(happenings, cells({ focus: other, choice }), 'standard');
            return world.frames.every((frame, at) => frame === real.frames[at])
              ? [other[leaver]!]
              : [];
          }),
        );
        expect(possible.size).toBeGreaterThanOrEqual(2);
        const bands = FIVE_IN_THREE.filter((band) => band.some((cell) => possible.has(cell)));
        expect(bands.length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });

  /** The leaver alone answers otherwise, or changes places with somebody who does. */
  function otherAnswers(real: readonly number[], leaver: number): number[][] {
    const alone = [0, 1, 2, 3, 4].map((cell) => real.with(leaver, cell));
    const swapped = upTo(real.length).map((seat) =>
      real.with(leaver, real[seat]!).with(seat, real[leaver]!),
    );
    return [...alone, ...swapped];
  }

  test('why DISC-5 and DISC-7: one question published over nine and again over eight would betray the ninth', () => {
    const counts = (tally: readonly number[]) => {
      const outcome = disclose(tally, FIVE_IN_THREE, POLICIES.standard);
      return outcome.outcome === 'spread' ? outcome.counts : null;
    };
    const betrayed = tallies(9, 5).filter((tally) =>
      tally.some(
        (count, cell) => count > 0 && counts(tally) && counts(tally.with(cell, count - 1)),
      ),
    );
    expect(betrayed.length).toBeGreaterThan(100);
    const happenings = [...join(9), ...toTradeoff, ...ballots(...upTo(9)), next];
    const again = [{ on: 'leave', seat: 8 } as const, ...toTradeoff, ...ballots(...upTo(8)), next];
    const once = play(happenings, answeringFrom(4), 'standard');
    const twice = play([...happenings, ...again], answeringFrom(4), 'standard');
    expect(twice.releases).toEqual(once.releases);
    expect([...twice.acks.flat()].filter((ack) => ack.includes('round-closed'))).toHaveLength(8);
  });
});

describe('T8 close as soon as the fifth has answered', () => {
  test('the release is of the five alone, whoever comes late; nothing is finer than bands', () => {
    fc.assert(
      fc.property(fc.array(five, { minLength: 12, maxLength: 12 }), (focus) => {
        const upToClose = [...join(12), ...toTradeoff, ...ballots(0, 1, 2, 3, 4), next, next];
        const at = play(upToClose, cells({ focus }), 'standard');
        const late = play(
          [...upToClose, ...ballots(5, 6, 7, 8, 9, 10, 11)],
          cells({ focus }),
          'standard',
        );
        expect(late.releases).toEqual(at.releases);
        expect(late.frames).toEqual(at.frames);
        const main = late.releases.get('focus')!.main;
        if (main.outcome === 'spread') expect(main).toMatchObject({ n: 5, grain: 'bands' });
        else expect(main).toMatchObject({ outcome: 'veiled', n: 5, atLeast: 3 });
      }),
    );
  });

  test('DISC-1: closed after four, the room and the host see that nothing is shown, and nothing else', () => {
    const outcomes = tallies(4, 5).map((tally) => {
      const focus = tally.flatMap((count, cell) => new Array<number>(count).fill(cell));
      const happenings = [...join(4), ...toTradeoff, ...ballots(0, 1, 2, 3), tick, next, next];
      return play(happenings, cells({ focus }), 'standard').frames.join('\n');
    });
    expect(new Set(outcomes).size).toBe(1);
  });
});

describe('the model itself', () => {
  test('plays what it says: a whole workshop with its rounds released', () => {
    const happenings = [
      ...join(10),
      ...Array.from({ length: 40 }, () => [next, ...ballots(...upTo(10))]),
    ];
    const { releases, frames } = play(happenings.flat(), answeringFrom(3), 'standard');
    expect([...releases.keys()]).toEqual(['claim', 'lean', 'focus', 'choice']);
    expect(releases.get('lean')?.statements).toBeDefined();
    expect(frames.at(-1)).toContain('"step":"closing"');
    const misfit = (): Choice => ({ cell: 9 });
    const refused = play([...join(1), ...toTradeoff, ...ballots(0)], misfit, 'standard');
    expect(refused.acks[0]).toEqual(['{"ok":false,"reason":"malformed"}']);
    expect(() => roundOf('nothing')).toThrow(RangeError);
  });
});

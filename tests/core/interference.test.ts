import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { PolicyName } from '#core/disclosure.ts';
import { shuffled } from '#core/shuffle.ts';
import { answeringFrom, otherWorld } from './answers.ts';
import { play, type Happening } from './transcript.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const SEATS = 12;
const seat = fc.nat(SEATS - 1);
const one = (happening: Happening) => fc.constant<Happening[]>([happening]);

/** Many ballots at once, so that rounds of every size come about. */
const burst = fc
  .uniqueArray(seat, { minLength: 4, maxLength: SEATS, size: 'max' })
  .map((seats) => seats.map((one): Happening => ({ on: 'ballot', seat: one })));

/** What may happen next. */
const moments: fc.Arbitrary<Happening[]> = fc.oneof(
  { weight: 2, arbitrary: burst },
  { weight: 6, arbitrary: burst.map((ballots): Happening[] => [...ballots, { on: 'next' }]) },
  { weight: 2, arbitrary: seat.map((one): Happening[] => [{ on: 'ballot', seat: one }]) },
  { weight: 2, arbitrary: one({ on: 'next' }) },
  { weight: 2, arbitrary: one({ on: 'tick' }) },
  { weight: 1, arbitrary: seat.map((one): Happening[] => [{ on: 'leave', seat: one }]) },
  { weight: 1, arbitrary: seat.map((one): Happening[] => [{ on: 'join', seat: one }]) },
  { weight: 1, arbitrary: fc.constantFrom('back', 'talk').map((on): Happening[] => [{ on }]) },
  { weight: 1, arbitrary: fc.nat(6).map((places): Happening[] => [{ on: 'jump', places }]) },
  { weight: 1, arbitrary: one({ on: 'timer', seconds: 60 }) },
);

const schedules = fc.record({
  joined: fc.integer({ min: 4, max: SEATS }),
  moments: fc.array(moments, { maxLength: 20, size: 'max' }),
  colluders: fc.nat(2),
  policy: fc.constantFrom<PolicyName>('standard', 'standard', 'strict'),
  seed: fc.nat(1_000_000),
});

describe('T1 non-interference', () => {
  test('10,000 schedules: whoever answers what under the same releases, nobody else can tell', () => {
    const seen = { changed: 0, rounds: 0, withheld: 0, veiled: 0, spread: 0 };
    fc.assert(
      fc.property(schedules, ({ joined, moments, colluders, policy, seed }) => {
        const happenings = [
          ...Array.from({ length: joined }, (_, at): Happening => ({ on: 'join', seat: at })),
          { on: 'next' } as const,
          { on: 'next' } as const,
          ...moments.flat(),
        ];
        const answering = answeringFrom(seed);
        const first = play(happenings, answering, policy);

        // Who among the others does what is told to nobody either: they change seats as well.
        const others = Array.from({ length: SEATS - colluders }, (_, at) => at + colluders);
        const moved = shuffled(others, `${seed}`);
        const who = (at: number) => (at < colluders ? at : moved[at - colluders]!);
        const other = otherWorld(answering, first.counted, colluders, policy, seed, who);
        const second = play(
          happenings.map((happening) =>
            'seat' in happening ? { ...happening, seat: who(happening.seat) } : happening,
          ),
          other.answering,
          policy,
        );

        expect(second.releases).toEqual(first.releases);
        const same = first.frames.every((frame, sent) => frame === second.frames[sent]);
        if (!same || first.frames.length !== second.frames.length)
          expect(second.frames).toEqual(first.frames);
        expect(second.acks.slice(0, colluders)).toEqual(first.acks.slice(0, colluders));

        seen.changed += other.changed;
        for (const { main } of first.releases.values()) {
          seen.rounds++;
          seen[main.outcome]++;
        }
      }),
      { numRuns: 10_000 },
    );
    // The schedules reach what they are meant to reach.
    expect(seen.rounds).toBeGreaterThan(8000);
    expect(Math.min(seen.withheld, seen.veiled, seen.spread)).toBeGreaterThan(800);
    expect(seen.changed).toBeGreaterThan(15_000);
  });
});

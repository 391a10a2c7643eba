import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disclose, FIVE_IN_THREE, flatBands, POLICIES } from '#core/disclosure.ts';
import { fits, publish, type Choice, type Round } from '#core/round.ts';

const { standard, strict } = POLICIES;
const poll: Round = { question: 'poll', form: 'single', cells: 3, bands: flatBands(3) };
const spectrum: Round = { question: 'line', form: 'single', cells: 5, bands: FIVE_IN_THREE };
const assessment: Round = { question: 'lean', form: 'assessment', statements: ['a', 'b'] };

const inPoll = fc.nat(2).map((cell): Choice => ({ cell }));
const inAssessment = fc
  .record({ lean: fc.nat(4), marks: fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }) })
  .map((choice): Choice => choice);
const rounds = fc.oneof(
  fc.record({ round: fc.constant(poll), choices: fc.array(inPoll, { maxLength: 24 }) }),
  fc.record({ round: fc.constant(assessment), choices: fc.array(inAssessment, { maxLength: 24 }) }),
);
const repeated = (choice: Choice, times: number) => new Array<Choice>(times).fill(choice);

describe('publish', () => {
  test('T4: deterministic and blind to the order of ballots', () => {
    fc.assert(
      fc.property(
        rounds.chain(({ round, choices }) =>
          fc.record({
            round: fc.constant(round),
            choices: fc.constant(choices),
            other: fc.shuffledSubarray(choices, {
              minLength: choices.length,
              maxLength: choices.length,
            }),
          }),
        ),
        fc.constantFrom(standard, strict),
        ({ round, choices, other }, policy) => {
          const release = JSON.stringify(publish(round, choices, policy));
          expect(JSON.stringify(publish(round, other, policy))).toBe(release);
        },
      ),
    );
  });

  test('counts every ballot in its cell', () => {
    const choices: Choice[] = [0, 1, 1, 2, 2, 0].map((cell) => ({ cell }));
    expect(publish(poll, choices, standard)).toEqual({
      question: 'poll',
      main: { outcome: 'spread', n: 6, grain: 'cells', counts: [2, 2, 2] },
    });
    const line: Choice[] = [0, 0, 1, 2, 3, 4, 4, 4].map((cell) => ({ cell }));
    expect(publish(spectrum, line, standard).main).toMatchObject({ counts: [2, 1, 1, 1, 3] });
  });

  test('an empty round is withheld, not an error', () => {
    expect(publish(poll, [], standard).main).toEqual({ outcome: 'withheld', minimum: 5 });
  });

  test.each<[Round, unknown]>([
    [poll, { cell: 3 }],
    [poll, { cell: -1 }],
    [poll, { cell: 0.5 }],
    [poll, { cell: '1' }],
    [poll, { lean: 0, marks: [0, 0] }],
    [assessment, { cell: 0 }],
    [assessment, { lean: 5, marks: [0, 0] }],
    [assessment, { lean: 0, marks: [0] }],
    [assessment, { lean: 0, marks: [0, 0, 0] }],
    [assessment, { lean: 0, marks: [0, 3] }],
    [assessment, { lean: Number.NaN, marks: [0, 0] }],
  ])(
    'a ballot that does not fit throws rather than being counted somewhere: %j, %j',
    (round, bad) => {
      const choice = bad as Choice;
      const good: Choice = round.form === 'single' ? { cell: 0 } : { lean: 0, marks: [0, 0] };
      expect(fits(round, choice)).toBe(false);
      expect(() => publish(round, [...repeated(good, 9), choice], standard)).toThrow(RangeError);
    },
  );
});

describe('DISC-4 statements', () => {
  const mixed = Array.from({ length: 10 }, (_, at): Choice => ({
    lean: at % 5,
    marks: [at % 2 === 0 ? 0 : 2, 2],
  }));

  test('published from ten ballots on, each with its own tally and its own veil', () => {
    expect(publish(assessment, mixed, standard).statements).toEqual({
      a: { outcome: 'spread', n: 10, grain: 'cells', counts: [5, 0, 5] },
      b: { outcome: 'veiled', n: 10, atLeast: 7, band: 2 },
    });
  });

  test('withheld below ten, while the bins are already shown', () => {
    const nine = publish(assessment, mixed.slice(0, 9), standard);
    expect(nine.main).toMatchObject({ outcome: 'spread', grain: 'cells' });
    expect(Object.values(nine.statements!)).toEqual([
      { outcome: 'withheld', minimum: 10 },
      { outcome: 'withheld', minimum: 10 },
    ]);
  });

  test('strict asks for fifteen', () => {
    const fourteen = [...mixed, ...mixed.slice(0, 4)];
    expect(publish(assessment, fourteen, strict).statements?.a?.outcome).toBe('withheld');
    const fifteen = [...fourteen, mixed[0]!];
    expect(publish(assessment, fifteen, strict).statements?.a?.outcome).toBe('spread');
  });

  test('no cross-table: marks that change hands between ballots change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(inAssessment, { minLength: 10, maxLength: 16 }),
        fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
        (choices, order) => {
          const ballots = choices.flatMap((choice) => ('lean' in choice ? [choice] : []));
          const moved = (column: (ballot: (typeof ballots)[number]) => number, salt: number) =>
            ballots
              .map((ballot, at) => ({ value: column(ballot), key: order[(at * 3 + salt) % 40]! }))
              .sort((a, b) => a.key - b.key)
              .map(({ value }) => value);
          const [a, b] = [moved(({ marks }) => marks[0]!, 0), moved(({ marks }) => marks[1]!, 1)];
          const swapped = ballots.map(({ lean }, at): Choice => ({
            lean,
            marks: [a[at]!, b[at]!],
          }));
          expect(publish(assessment, swapped, standard)).toEqual(
            publish(assessment, choices, standard),
          );
        },
      ),
    );
  });

  test('each statement is what `disclose` says of its own tally', () => {
    fc.assert(
      fc.property(fc.array(inAssessment, { maxLength: 24 }), (choices) => {
        const release = publish(assessment, choices, standard);
        ['a', 'b'].forEach((id, at) => {
          const tally = [0, 1, 2].map(
            (mark) =>
              choices.filter((choice) => 'marks' in choice && choice.marks[at] === mark).length,
          );
          expect(release.statements?.[id]).toEqual(disclose(tally, flatBands(3), standard, 10));
        });
      }),
    );
  });
});

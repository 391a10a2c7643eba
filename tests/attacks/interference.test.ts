/** T1 over real sockets: whoever answers what under the same releases, nobody else can tell. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyName } from '#core/disclosure.ts';
import type { Round } from '#core/round.ts';
import { ENGINES } from '../setup/engines.ts';
import { startHeld, workshopRounds, type HeldApp } from './held.ts';
import { firstDifference } from './line.ts';
import { openRoom, playAll, type Act } from './played.ts';
import { countedIn, twoWorlds } from './worlds.ts';

const SEED = 20_261_123;
const SCHEDULES = { 'embedded engine': 16, 'real Redis': 10 } as const;

/** Kinds with a round, the question of the first step of each, and where its result is shown. */
const ASKED = [
  { kind: 'myth', question: 'myth-depth', shown: [] },
  { kind: 'tradeoff', question: 'tradeoff-authority', shown: [] },
  { kind: 'poll', question: 'hard-poll', shown: [] },
  {
    kind: 'assessment',
    question: 'assessment',
    shown: [{ on: 'jump', kind: 'distribution' }, { on: 'next' }],
  },
] satisfies { kind: string; question: string; shown: Act[] }[];

const seat = fc.nat(8);
const moment: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: seat.map((seat): Act => ({ on: 'ballot', seat })) },
  { weight: 2, arbitrary: seat.map((seat): Act => ({ on: 'reload', seat })) },
  { weight: 1, arbitrary: seat.map((seat): Act => ({ on: 'leave', seat })) },
  { weight: 1, arbitrary: fc.constant<Act>({ on: 'join' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ on: 'timer', seconds: 60 }) },
  { weight: 2, arbitrary: fc.constant<Act>({ on: 'wait' }) },
);
/** A round: nearly everybody answers, in any order, some keep it on their phone; and anything else happens. */
const part = fc.record({
  asked: fc.constantFrom(...ASKED),
  answer: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 4 }),
  moments: fc.array(moment, { maxLength: 8 }),
  late: fc.array(moment, { maxLength: 2 }),
});
const schedules = fc.record({
  joined: fc.integer({ min: 5, max: 8 }),
  parts: fc.uniqueArray(part, {
    minLength: 1,
    maxLength: 2,
    selector: ({ asked }) => asked.kind,
  }),
  colluders: fc.nat(2),
  policy: fc.constantFrom<PolicyName>('standard', 'standard', 'strict'),
  seed: fc.nat(1_000_000),
});
type Part = typeof part extends fc.Arbitrary<infer P> ? P : never;

const planned = (asked: string | null, acts: readonly Act[]) => acts.map((act) => ({ act, asked }));

function acts({ asked, answer, moments, late }: Part) {
  const { kind, question, shown } = asked;
  const during = [
    ...answer.map((seat): Act => ({ on: 'ballot', seat })),
    ...moments,
    { on: 'wait' } as const,
  ];
  return [
    ...planned(null, [{ on: 'jump', kind }, { on: 'next' }]),
    ...planned(question, during),
    ...planned(null, [{ on: 'next' }, ...late, { on: 'next' }, ...shown, { on: 'wait' }]),
  ];
}

describe.each(ENGINES)('T1 non-interference on the %s', (name) => {
  let app: HeldApp;
  let rounds: Map<string, Round>;
  beforeAll(async () => {
    app = await startHeld(name);
    rounds = await workshopRounds();
  });
  afterAll(() => app.stop());

  test('DISC-9 host, screen and colluders get the same packets, sizes and order whatever the others answer', async () => {
    const seen = { changed: 0, withheld: 0, veiled: 0, spread: 0, packets: 0 };
    const property = fc.asyncProperty(
      schedules,
      async ({ joined, parts, colluders, policy, seed }) => {
        const joins = Array.from({ length: joined }, (): Act => ({ on: 'join' }));
        const plan = [...planned(null, joins), ...parts.flatMap(acts)];
        const worlds = twoWorlds(rounds, countedIn(plan), colluders, policy, seed);
        const watchers = Array.from({ length: colluders }, (_, at) => at);
        const rooms = await Promise.all(
          [worlds.first, worlds.second].map((world) => openRoom(app, policy, world, watchers)),
        );
        await playAll(
          app,
          rooms,
          plan.map(({ act }) => act),
        );
        const [one, two] = rooms.map((room) => room.transcript());
        for (const room of rooms) room.close();
        for (const who of ['host', 'screen', ...watchers.map((at) => `seat ${at}`)])
          expect(firstDifference(one![who]!, two![who]!), who).toBeNull();

        // The plan happened as planned, so the worlds were what they are meant to be.
        const shown = one!.host!.join('\n');
        for (const [question, { main }] of worlds.releases) {
          expect(shown).toContain(`{"question":"${question}","main":${JSON.stringify(main)}`);
          seen[main.outcome]++;
        }
        seen.changed += worlds.changed;
        seen.packets += one!.host!.length;
      },
    );
    await fc.assert(property, { numRuns: SCHEDULES[name], seed: SEED, endOnFailure: true });
    expect(seen.changed).toBeGreaterThan(2 * SCHEDULES[name]);
    expect(Math.min(seen.withheld, seen.veiled, seen.spread)).toBeGreaterThan(0);
    expect(seen.packets).toBeGreaterThan(40 * SCHEDULES[name]);
  }, 90_000);
});

/** Many randomised runs, and what became of every ballot in them (R1, R2). */
import { chance } from './chance.ts';
import { embeddedGround, mend, redisGround } from './ground.ts';
import type { Account } from './meeting.ts';
import { wave, type Tally } from './wave.ts';

export interface Campaign {
  runs: number;
  seed: number;
  /** Rooms that run at once: they share the faults of the processes. */
  together: number;
  /** Only the wave with this number, to repeat a failure. */
  only?: number | undefined;
}

export interface Outcome {
  /** Those that came to their end. */
  runs: number;
  phones: Account;
  tally: Tally;
  /** What failed, and how to repeat it. */
  failures: string[];
  seconds: number;
}

/** Waves in a row that did not end: then it is no longer the machine's being busy. */
const MOST_FAILURES = 5;
/** Every so many waves on the embedded store. */
const EMBEDDED_EVERY = 3;

export async function campaign(
  { runs, seed, together, only }: Campaign,
  tell: (line: string) => void = () => undefined,
): Promise<Outcome> {
  const since = performance.now();
  const [redis, embedded] = await Promise.all([redisGround(), embeddedGround()]);
  const outcome: Outcome = {
    runs: 0,
    phones: { counted: 0, lost: 0, twice: 0, untrue: 0, notes: [] },
    tally: {},
    failures: [],
    seconds: 0,
  };
  let told = 0;
  let inARow = 0;
  try {
    for (let at = only ?? 0; outcome.runs < runs && inARow < MOST_FAILURES; at++) {
      const ground = at % EMBEDDED_EVERY === EMBEDDED_EVERY - 1 ? embedded : redis;
      const rooms = Math.min(together, runs - outcome.runs);
      // As many rooms as it had: the last wave may be a smaller one.
      const again = `--runs ${rooms} --together ${together} --seed ${seed} --only ${at} (${ground.name})`;
      try {
        add(
          outcome,
          await wave(
            ground,
            chance(seed)
              .fork(at)
              .whole(2 ** 31),
            rooms,
          ),
          again,
        );
        inARow = 0;
      } catch (error) {
        inARow++;
        outcome.failures.push(`${String(error)}: ${again}`);
        await mend(ground).catch((broken: unknown) => outcome.failures.push(String(broken)));
      }
      outcome.failures.slice(told).forEach((failure) => tell(`FAILED ${failure}`));
      told = outcome.failures.length;
      const { lost, twice } = outcome.phones;
      tell(`${outcome.runs} runs, lost ${lost}, twice ${twice}, failed ${outcome.failures.length}`);
      if (only !== undefined) break;
    }
  } finally {
    await Promise.all([redis.stop(), embedded.stop()]);
  }
  outcome.seconds = (performance.now() - since) / 1_000;
  return outcome;
}

function add(
  outcome: Outcome,
  { accounts, tally }: Awaited<ReturnType<typeof wave>>,
  again: string,
) {
  outcome.runs += accounts.length;
  for (const each of accounts) {
    for (const key of ['counted', 'lost', 'twice', 'untrue'] as const)
      outcome.phones[key] += each[key];
    if (each.lost + each.twice + each.untrue > 0)
      outcome.failures.push(`${JSON.stringify(each)}: ${again}`);
  }
  for (const [what, times] of Object.entries(tally) as [keyof Tally, number][])
    outcome.tally[what] = (outcome.tally[what] ?? 0) + times;
}

/** Whole sessions, one after the other, as fast as the store takes them: for the suite in short, by hand for minutes. */
import type { Store } from '#server/store/store.ts';
import { ballot, create, release, round, takeSeat } from './stores.ts';

const SEATS = 25;
const ROUNDS = 4;

/** @returns how many operations were done; throws at the first that was not as it should be */
export async function soak(store: Store, seconds: number, onSession?: () => void): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let operations = 0;
  const done = async <T>(operation: Promise<T>): Promise<T> => {
    operations += 1;
    return operation;
  };
  while (performance.now() < until) {
    const { sid } = await done(create(store));
    const people = Array.from({ length: SEATS }, () => done(takeSeat(store, sid)));
    const seats = await Promise.all(people);
    await Promise.all(seats.map((seat) => done(store.arrive(sid, 'node', [seat]))));
    for (let asked = 0; asked < ROUNDS; asked++) {
      const question = `q${asked}`;
      await done(round(store, sid, 'opens', question));
      for (const version of [1, 2]) {
        const votes = seats.map((seat) => done(store.ballot(sid, seat, ballot(version, question))));
        for (const { result } of await Promise.all(votes))
          if (result !== 'counted') throw new Error(`a ballot was not counted: ${result}`);
      }
      await done(store.tick(sid, Date.now()));
      await done(round(store, sid, 'closes', question));
      const { length } = await done(store.sealedBallots(sid, question));
      if (length !== SEATS) throw new Error(`${length} ballots of ${SEATS}`);
      await done(store.settle(sid, question, release(question)));
      await done(store.durable());
      await done(store.load(sid));
    }
    const ended = await done(store.end(sid));
    if (ended?.seats !== SEATS) throw new Error('the session was not ended');
    onSession?.();
  }
  return operations;
}

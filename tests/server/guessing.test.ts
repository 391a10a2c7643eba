/** Guesses that come at once: what is looked at, exactly; the server itself is asked in limits.test.ts. */
import { expect, test } from 'vitest';
import { createGuessing } from '#server/guessing.ts';

const BUDGET = { perClient: 5, inAll: 8, waiting: 2 };

/** Looks that end when they are told, all that have begun, by what they find. */
function desk() {
  const guessing = createGuessing(BUDGET);
  const under: ((right: boolean) => void)[] = [];
  return {
    under,
    ask: (client: string) =>
      guessing.look(
        client,
        () => new Promise<boolean>((resolve) => under.push(resolve)),
        (right) => !right,
      ),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

test('S1 of a burst no more are looked at than may be wrong, of one client and of all', async () => {
  const { under, ask, turn } = desk();
  const one = Array.from({ length: 20 }, () => ask('one'));
  const two = Array.from({ length: 20 }, () => ask('two'));
  await turn();
  expect(under).toHaveLength(BUDGET.inAll);
  // Wrong, all of them: two of each client may wait, the others hear it at once.
  under.splice(0).forEach((say) => say(false));
  await turn();
  expect(under).toHaveLength(0);
  const heard = await Promise.race([Promise.all([...one, ...two].slice(7, 18)), turn()]);
  expect(heard).toEqual(Array(11).fill(null));
});

test('S1 a right one makes room for the next at once, and an error is no guess', async () => {
  const { under, ask, turn } = desk();
  const all = Array.from({ length: 50 }, () => ask('one'));
  for (let seen = 0; seen < 50; seen += BUDGET.perClient) {
    await turn();
    expect(under).toHaveLength(BUDGET.perClient);
    under.splice(0).forEach((say) => say(true));
  }
  expect(await Promise.all(all)).toEqual(Array(50).fill(true));
  const guessing = createGuessing(BUDGET);
  for (let time = 0; time < 2 * BUDGET.perClient; time++) {
    const failed = guessing.look(
      'one',
      () => Promise.reject(new Error('away')),
      () => true,
    );
    await expect(failed).rejects.toThrow('away');
  }
  const since = performance.now();
  await guessing.look(
    'one',
    () => Promise.resolve(true),
    () => false,
  );
  expect(performance.now() - since).toBeLessThan(1_000);
});

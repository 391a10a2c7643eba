/** Asking together: what was asked while an answer was on its way. */
import { expect, test } from 'vitest';
import { gathered } from '#server/store/gathered.ts';
import { StoreUnavailable } from '#server/store/store.ts';

/** An `ask` that is answered by hand. */
function byHand(every?: number) {
  const calls: { key: string; items: number[]; done: (fail?: Error) => void }[] = [];
  const ask = gathered<number, string>(
    (key, items) => {
      return new Promise((resolve, reject) => {
        const done = (fail?: Error) => (fail ? reject(fail) : resolve(items.map(String)));
        calls.push({ key, items, done });
      });
    },
    undefined,
    every,
  );
  return { calls, ask };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the first is asked at once, those that come meanwhile together, in their order', async () => {
  const { calls, ask } = byHand();
  const answers = [1, 2, 3].map((item) => ask('room', item));
  expect(calls.map(({ items }) => items)).toEqual([[1]]);
  calls[0]!.done();
  await settled();
  expect(calls.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  calls[1]!.done();
  expect(await Promise.all(answers)).toEqual(['1', '2', '3']);
  const last = ask('room', 4);
  expect(calls.at(-1)!.items).toEqual([4]);
  calls.at(-1)!.done();
  await last;
});

test('rooms do not wait for each other, and no call carries more than 256', async () => {
  const { calls, ask } = byHand();
  const answers = [0, ...Array.from({ length: 300 }, (_, at) => at + 1)].map((item) =>
    ask('one', item),
  );
  answers.push(ask('two', 7));
  expect(calls.map(({ key }) => key)).toEqual(['one', 'two']);
  calls[0]!.done();
  await settled();
  expect(calls.at(-1)!.items).toHaveLength(256);
  for (let at = 1; at < 4; at += 1) {
    calls[at]!.done();
    await settled();
  }
  expect(await Promise.all(answers)).toHaveLength(302);
});

test('a failure is theirs who were asked for together: whoever came meanwhile is asked for again', async () => {
  const { calls, ask } = byHand();
  const outcomes = Promise.allSettled([1, 2, 3].map((item) => ask('room', item)));
  calls[0]!.done(new Error('the store hiccups'));
  await settled();
  expect(calls.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  calls[1]!.done();
  expect((await outcomes).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});

test('nobody waits longer than 2 s, not even behind a call that took almost as long', async () => {
  const { calls, ask } = byHand();
  const first = ask('room', 1);
  const since = performance.now();
  const behind = ask('room', 2).catch((error: unknown) => error);
  setTimeout(() => calls[0]!.done(), 1_600);
  expect(await behind).toBeInstanceOf(StoreUnavailable);
  const took = performance.now() - since;
  expect(await first).toBe('1');
  expect(calls).toHaveLength(2);
  expect(took).toBeGreaterThan(1_700);
  expect(took).toBeLessThan(3_000);
});

test('DISC-6 calls on a grid: who comes later in the same turn of it shares the call, whatever the key', async () => {
  const { calls, ask } = byHand(40);
  const answers = [ask('one', 1), ask('one', 2), ask('two', 3)];
  expect(calls).toEqual([]);
  await expect.poll(() => calls.length, { interval: 5 }).toBe(2);
  // Which key is served first is the timers' business.
  expect(calls.map(({ items }) => items).sort()).toEqual([[1, 2], [3]]);
  for (const { done } of calls) done();
  expect(await Promise.all(answers)).toEqual(['1', '2', '3']);
});

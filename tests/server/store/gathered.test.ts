/** Asking together: what was asked while an answer was on its way. */
import { expect, test } from 'vitest';
import { gathered } from '#server/store/gathered.ts';

/** An `ask` that is answered by hand. */
function byHand() {
  const calls: { key: string; items: number[]; done: (fail?: Error) => void }[] = [];
  const ask = gathered<number, string>((key, items) => {
    return new Promise((resolve, reject) => {
      const done = (fail?: Error) => (fail ? reject(fail) : resolve(items.map(String)));
      calls.push({ key, items, done });
    });
  });
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
  void ask('room', 4);
  expect(calls.at(-1)!.items).toEqual([4]);
});

test('rooms do not wait for each other, and no call carries more than 256', async () => {
  const { calls, ask } = byHand();
  void ask('one', 0);
  for (let item = 1; item <= 300; item += 1) void ask('one', item);
  void ask('two', 7);
  expect(calls.map(({ key }) => key)).toEqual(['one', 'two']);
  calls[0]!.done();
  await settled();
  expect(calls.at(-1)!.items).toHaveLength(256);
});

test('a failure is everybody’s who waits: nobody waits for a second one', async () => {
  const { calls, ask } = byHand();
  const outcomes = Promise.allSettled([1, 2, 3].map((item) => ask('room', item)));
  calls[0]!.done(new Error('the store is away'));
  expect((await outcomes).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  expect(calls).toHaveLength(1);
  const again = ask('room', 4);
  calls[1]!.done();
  expect(await again).toBe('4');
});

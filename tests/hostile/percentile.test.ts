/** The instrument itself: what it says of figures whose rise is known. */
import { expect, test } from 'vitest';
import { chance } from '../faults/chance.ts';
import { riseOf } from './percentile.ts';

/** Turns of waits as a server has them, some of them disturbed as a whole; `by`: how much longer the others take. */
function turns(by: number) {
  const dice = chance(7);
  const wait = () => -Math.log(1 - dice.whole(1e6) / 1e6);
  return Array.from({ length: 12 }, () => {
    const disturbed = dice.happens(0.2) ? 1.2 : 1;
    const all = (factor: number) => Array.from({ length: 800 }, () => disturbed * factor * wait());
    return [all(1), all(1 + by)] as const;
  });
}

test('S7 the interval holds the rise that is there, and tells none from 40 %', () => {
  const none = riseOf(turns(0), 0.99);
  expect(none.from).toBeLessThan(0);
  expect(none.to).toBeGreaterThan(0);
  expect(none.to).toBeLessThan(0.1);
  const much = riseOf(turns(0.4), 0.99);
  expect(much.from).toBeGreaterThan(0.1);
  expect(much.from).toBeLessThan(0.4);
  expect(much.to).toBeGreaterThan(0.4);
});

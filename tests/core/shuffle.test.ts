import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shuffled } from '#core/shuffle.ts';

const ids = Array.from({ length: 12 }, (_, at) => `q${at}`);

describe('DISC-13: an order per seat', () => {
  test('is a permutation, the same on every reload, and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (items, seed) => {
        const before = [...items];
        const order = shuffled(items, seed);
        expect([...order].sort()).toEqual([...items].sort());
        expect(shuffled(items, seed)).toEqual(order);
        expect(items).toEqual(before);
      }),
    );
  });

  test('every statement comes to every place about equally often', () => {
    const seats = 6000;
    const seen = ids.map(() => ids.map(() => 0));
    for (let seat = 0; seat < seats; seat++)
      shuffled(ids, `seat-${seat}`).forEach((id, place) => seen[ids.indexOf(id)]![place]!++);
    const expected = seats / ids.length;
    const chi = seen.flat().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 121 degrees of freedom: a fair shuffle exceeds 200 about once in 100,000 sets of seats.
    expect(chi).toBeLessThan(200);
  });

  test('neighbouring seats see unlike orders', () => {
    const orders = new Set(
      Array.from({ length: 2000 }, (_, seat) => shuffled(ids, `seat-${seat}`).join()),
    );
    expect(orders.size).toBe(2000);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEELINGS, movementOf } from '../../../src/core/movement.ts';

const feeling = fc.integer({ min: 0, max: FEELINGS - 1 });

test('DISC-7: only the direction leaves: one step is worth as much as four', () => {
  expect(movementOf(4, 0)).toBe(0);
  expect(movementOf(4, 3)).toBe(0);
  expect(movementOf(2, 2)).toBe(1);
  expect(movementOf(0, 1)).toBe(2);
  expect(movementOf(0, 4)).toBe(2);
});

test('DISC-7: the other way round is the other way', () => {
  fc.assert(
    fc.property(feeling, feeling, (before, after) => {
      expect(movementOf(before, after)).toBe(2 - movementOf(after, before)!);
    }),
  );
});

test.each([
  [undefined, 1],
  [1, undefined],
  [-1, 1],
  [1, 5],
  [1.5, 2],
])('DISC-7: without two feelings there is no ballot (%s, %s)', (before, after) => {
  expect(movementOf(before, after)).toBeNull();
});

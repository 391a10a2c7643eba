/** Long work that lets others have their turn. */
import { expect, test } from 'vitest';
import { mapInTurns } from '#server/in-turns.ts';

test('maps everything in order, and others run in between', async () => {
  let turns = 0;
  const other = setInterval(() => (turns += 1), 0);
  const spin = (item: number) => {
    const until = performance.now() + 0.02;
    while (performance.now() < until);
    return 2 * item;
  };
  const items = Array.from({ length: 2_000 }, (_, item) => item);
  expect(await mapInTurns(items, spin)).toEqual(items.map((item) => 2 * item));
  clearInterval(other);
  expect(turns).toBeGreaterThan(1);
  expect(await mapInTurns([], spin)).toEqual([]);
});

/** The short form of `npm run fuzz`. */
import { expect, test } from 'vitest';
import { fuzz } from './fuzzing.ts';

test('S4 S6 S7 generated frames: no crash, no leak, no foreign frame', async () => {
  const { frames, answers, memory, ...bad } = await fuzz(3_000, 7);
  expect(Object.values(frames).every((count) => count > 300)).toBe(true);
  expect(answers.malformed).toBeGreaterThan(10);
  expect(memory[1] - memory[0]).toBeLessThan(80);
  expect(bad).toMatchObject({ crashes: 0, faults: 0, foreign: 0 });
}, 60_000);

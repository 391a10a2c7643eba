/** The short form of `npm run fuzz`. */
import { expect, test } from 'vitest';
import { fuzz, grown, MOST_GROWN_MB } from './fuzzing.ts';

test('S4 S6 S7 generated frames: no crash, no leak, no foreign frame', async () => {
  const { frames, answers, held, ...bad } = await fuzz(3_000, 7);
  expect(Object.values(frames).every((count) => count > 300)).toBe(true);
  expect(answers.malformed).toBeGreaterThan(10);
  expect(held).toHaveLength(3);
  expect(grown(held)).toBeLessThan(MOST_GROWN_MB);
  expect(bad).toMatchObject({ crashes: 0, faults: 0, foreign: 0 });
}, 60_000);

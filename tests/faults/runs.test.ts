/** The short form of `npm run faults`. */
import { expect, test } from 'vitest';
import { campaign } from './campaign.ts';

test('R1 R2 R4 randomised faults: nothing that was shown as counted is lost, nothing is counted twice', async () => {
  // Two waves on Redis, one on the embedded store; another seed would only make a failure harder to find.
  const { phones, failures, runs } = await campaign({ runs: 24, seed: 6, together: 8 });
  expect(failures).toEqual([]);
  expect(runs).toBe(24);
  expect(phones).toMatchObject({ lost: 0, twice: 0, untrue: 0 });
  expect(phones.counted).toBeGreaterThan(80);
}, 90_000);

import { describe, expect, test } from 'vitest';
import { disclose, flatBands, POLICIES, type Policy } from '#core/disclosure.ts';

const { standard } = POLICIES;

describe('a tally that cannot be trusted is not published', () => {
  test.each([
    [[5, -1, 3], flatBands(3)],
    [[5, 1.5, 3], flatBands(3)],
    [[5, Number.NaN, 3], flatBands(3)],
    [[5, 3], flatBands(3)],
    [[5, 3, 2, 1], flatBands(3)],
    [
      [5, 3, 2],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      [5, 3, 2],
      [[0, 1], [3]],
    ],
  ])('%j in %j', (counts, bands) => {
    expect(() => disclose(counts, bands, standard)).toThrow(RangeError);
  });
});

describe('DISC-8: half a policy publishes nothing', () => {
  test.each(Object.keys(standard).filter((key) => key !== 'name'))('without %s', (key) => {
    const { [key as keyof Policy]: _, ...rest } = standard;
    expect(() => disclose([3, 3, 3], flatBands(3), rest as Policy)).toThrow(RangeError);
  });
});

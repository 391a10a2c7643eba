import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beforeParting, gather, threads } from '$lib/ui/charts/gather';

const plot = fc.record({
  counts: fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 5 }),
  width: fc.integer({ min: 200, max: 2000 }),
  height: fc.integer({ min: 60, max: 900 }),
});

describe('gathered dots', () => {
  it('are one per person, inside the plot and inside their own column', () => {
    fc.assert(
      fc.property(plot, ({ counts, width, height }) => {
        const { dots, pitch } = gather(counts, width, height);
        const column = width / counts.length;
        counts.forEach((count, index) =>
          expect(dots.filter((dot) => dot.column === index)).toHaveLength(count),
        );
        for (const dot of dots) {
          expect(dot.y - pitch / 2).toBeGreaterThanOrEqual(-0.001);
          expect(dot.y + pitch / 2).toBeLessThanOrEqual(height + 0.001);
          expect(dot.x - pitch / 2).toBeGreaterThanOrEqual(column * dot.column - 0.001);
          expect(dot.x + pitch / 2).toBeLessThanOrEqual(column * (dot.column + 1) + 0.001);
        }
      }),
    );
  });

  it('never cover each other', () => {
    fc.assert(
      fc.property(plot, ({ counts, width, height }) => {
        const { dots, pitch } = gather(counts, width, height);
        dots.forEach((a, index) => {
          for (const b of dots.slice(index + 1))
            expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThan(
              pitch * 0.999,
            );
        });
      }),
      { numRuns: 40 },
    );
  });

  it('wait on one line in the middle, inside the plot', () => {
    const { pitch } = gather([8, 21, 14, 12, 5], 900, 300);
    const waiting = beforeParting(60, 900, 300, pitch);
    expect(new Set(waiting.map(({ x }) => x))).toEqual(new Set([450]));
    expect(Math.min(...waiting.map(({ y }) => y))).toBeGreaterThanOrEqual(pitch / 2 - 0.001);
  });
});

describe('a veil', () => {
  it('takes no count: its threads cannot tell one veiled room from another (DISC-3)', () => {
    expect(threads).toHaveLength(1);
    expect(threads(true)).toEqual(threads(true));
    expect(threads(true).every(({ top }) => top >= 0 && top < 100)).toBe(true);
  });
});

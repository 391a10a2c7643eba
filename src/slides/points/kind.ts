/** A few lines on one thought, all at once or one by one. */
import { z } from 'zod';
import { lines, slideBase, stepBase, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('points'),
  ...stepBase,
  lead: z.string().trim().min(1).max(300).optional(),
  /** `each`: one press a line; the first is there at once, because a title alone is an empty wall. */
  reveal: z.enum(['all', 'each']).default('all'),
  points: lines(8),
});
const slide = z.strictObject({
  kind: z.literal('points'),
  ...slideBase,
  lead: z.string().nullable(),
  /** What has been revealed so far. */
  points: z.array(z.string()),
  total: z.int(),
});
export type PointsSlide = z.output<typeof slide>;

export const points: Kind<z.output<typeof step>, PointsSlide> = {
  name: 'points',
  step,
  slide,
  stages: ({ reveal, points }) =>
    reveal === 'all' ? [{ id: 'all' }] : points.map((_, index) => ({ id: `point-${index + 1}` })),
  round: () => null,
  present: ({ title, lead, points }, { stage }) => ({
    kind: 'points',
    title,
    lead: lead ?? null,
    points: points.slice(0, revealed(stage, points.length)).map(({ text }) => text),
    total: points.length,
  }),
};

function revealed(stage: string, all: number): number {
  return stage === 'all' ? all : Number(stage.slice('point-'.length));
}

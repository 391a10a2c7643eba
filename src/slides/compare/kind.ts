/** Two columns, one per pole, revealed one after the other. */
import { z } from 'zod';
import { lines, slideBase, stepBase, type Kind } from '../kind.ts';

const column = z.strictObject({ lines: lines(7), topics: z.array(z.string()).default([]) });
const step = z.strictObject({
  kind: z.literal('compare'),
  ...stepBase,
  lead: z.string().trim().min(1).max(300).optional(),
  /** In the order of the workshop's poles. */
  columns: z.tuple([column, column]),
  /** A closing line under both columns. */
  close: z.string().trim().min(1).max(300).optional(),
});
const slide = z.strictObject({
  kind: z.literal('compare'),
  ...slideBase,
  lead: z.string().nullable(),
  /** One per pole; null until revealed. */
  columns: z.tuple([z.array(z.string()).nullable(), z.array(z.string()).nullable()]),
  close: z.string().nullable(),
});
export type CompareSlide = z.output<typeof slide>;

const STAGES = ['lead', 'first', 'both'];

export const compare: Kind<z.output<typeof step>, CompareSlide> = {
  name: 'compare',
  step,
  slide,
  stages: () => STAGES.map((id) => ({ id })),
  round: () => null,
  present: ({ title, lead, columns, close }, { stage }) => {
    const shown = STAGES.indexOf(stage);
    const [first, second] = columns.map((column) => column.lines.map(({ text }) => text));
    return {
      kind: 'compare',
      title,
      lead: lead ?? null,
      columns: [shown >= 1 ? (first ?? []) : null, shown >= 2 ? (second ?? []) : null],
      close: shown >= 2 ? (close ?? null) : null,
    };
  },
};

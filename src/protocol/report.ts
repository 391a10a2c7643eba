/** The facilitator's report: what was published, and how time ran. Nothing else fits into it (T12). */
import { z } from 'zod';
import { askedSchema, pole, releaseSchema } from '#slides/kind.ts';
import { contractSchema } from './views.ts';

const step = z.strictObject({
  title: z.string(),
  /** Planned. */
  minutes: z.number(),
  /** Whole seconds that the room was at it, until now; null: it never was. */
  seconds: z.int().min(0).nullable(),
  /** What the step asked and what was published of it; null while nothing is (DISC-5, DISC-9). */
  result: askedSchema.extend({ release: releaseSchema }).nullable(),
});

export const reportSchema = z.strictObject({
  workshop: z.strictObject({
    title: z.string(),
    language: z.string(),
    poles: z.tuple([pole, pole]),
  }),
  contract: contractSchema,
  rehearsal: z.boolean(),
  /** When the room left its first step, ms since 1970; null: not yet. */
  startedAt: z.number().nullable(),
  /** The whole agenda, in order. */
  steps: z.array(step),
});
export type Report = z.output<typeof reportSchema>;

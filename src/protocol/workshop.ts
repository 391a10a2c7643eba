/** What a workshop is once it is loaded: content of one language, ready to run. */
import { z } from 'zod';
import { KINDS, type Step } from '#slides/kinds.ts';
import { id, pole, type Kind } from '#slides/kind.ts';

const stepSchemas = Object.values(KINDS).map((kind) => (kind as unknown as Kind<Step, never>).step);
const [firstStep, ...otherSteps] = stepSchemas as [z.ZodType<Step>, ...z.ZodType<Step>[]];

/** A way through the same workshop, named by its length. `skip`: ids of steps it leaves out. */
const plan = z.strictObject({
  id,
  title: z.string().trim().min(1).max(60),
  minutes: z.int().min(5).max(480),
  skip: z.array(id).default([]),
});
export type Plan = z.output<typeof plan>;

/** `workshop.yaml`: everything but the steps, which are files beside it in the order of their names. */
export const workshopHead = z.strictObject({
  title: z.string().trim().min(1).max(80),
  summary: z.string().trim().min(1).max(400),
  poles: z.tuple([pole, pole]),
  plans: z.array(plan).min(1).max(6),
});

export const languageSchema = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/);

/** A whole workshop in one language, as a session keeps it. `id`: the folder's name. */
export const workshopSchema = workshopHead.extend({
  id,
  language: languageSchema,
  steps: z
    .array(z.union([firstStep, ...otherSteps]))
    .min(1)
    .max(120),
});
export type Workshop = z.output<typeof workshopSchema>;

/** One line of the start page. */
export const workshopSummary = z.strictObject({
  id,
  languages: z.array(
    z.strictObject({
      language: z.string(),
      title: z.string(),
      summary: z.string(),
      plans: z.array(z.strictObject({ id, title: z.string(), minutes: z.int(), steps: z.int() })),
    }),
  ),
});
export type WorkshopSummary = z.output<typeof workshopSummary>;

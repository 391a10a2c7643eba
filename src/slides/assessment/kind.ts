/** The private self-assessment: scored on the phone, one ballot with lean and marks (DISC-4, DISC-12). */
import { z } from 'zod';
import { id, line, lines, slideBase, stepBase, text, type Kind } from '../kind.ts';

const statement = z.strictObject({
  id,
  /** The pole it scores for, by id. */
  pole: z.string(),
  text,
  /** What to test next when this one is answered high. */
  test: line.optional(),
});
const points = z.int().min(0).max(200);
const step = z
  .strictObject({
    kind: z.literal('assessment'),
    ...stepBase,
    question: id,
    lead: text,
    statements: z.array(statement).min(2).max(40),
    /** Points: see `Scale` in core/scoring.ts. */
    scale: z.strictObject({ balanced: points, leaning: points, high: points, low: points }),
    /** How a result reads; sentences for the participant. */
    readings: z.strictObject({
      first: line,
      second: line,
      both: line,
      hybrid: line,
      neither: line,
    }),
    /** What to try next, per pole in the workshop's order; a balanced result sees both. */
    trials: z.tuple([lines(6), lines(6)]),
  })
  .refine(({ statements }) => new Set(statements.map(({ id }) => id)).size === statements.length, {
    path: ['statements'],
    message: 'two statements have the same id',
  });
const slide = z.strictObject({
  kind: z.literal('assessment'),
  ...slideBase,
  question: id,
  lead: z.string(),
  /** In content order; each phone shuffles them for itself. `pole`: 0 or 1. */
  statements: z.array(
    z.strictObject({
      id,
      pole: z.union([z.literal(0), z.literal(1)]),
      text: z.string(),
      test: z.string().nullable(),
    }),
  ),
  scale: z.strictObject({ balanced: points, leaning: points, high: points, low: points }),
  readings: z.strictObject({
    first: z.string(),
    second: z.string(),
    both: z.string(),
    hybrid: z.string(),
    neither: z.string(),
  }),
  trials: z.tuple([z.array(z.string()), z.array(z.string())]),
});
export type AssessmentSlide = z.output<typeof slide>;

export const assessment: Kind<z.output<typeof step>, AssessmentSlide> = {
  name: 'assessment',
  step,
  slide,
  stages: () => [
    { id: 'intro' },
    { id: 'open', round: 'opens' },
    { id: 'closed', round: 'closes' },
  ],
  round: ({ question, statements }) => ({
    question,
    form: 'assessment',
    statements: statements.map(({ id }) => id),
  }),
  present: ({ title, question, lead, statements, scale, readings, trials }, { poles }) => ({
    kind: 'assessment',
    title,
    question,
    lead,
    statements: statements.map(({ id, pole, text, test }) => ({
      id,
      pole: pole === poles[0].id ? 0 : 1,
      text,
      test: test?.text ?? null,
    })),
    scale,
    readings: {
      first: readings.first.text,
      second: readings.second.text,
      both: readings.both.text,
      hybrid: readings.hybrid.text,
      neither: readings.neither.text,
    },
    trials: [trials[0].map(({ text }) => text), trials[1].map(({ text }) => text)],
  }),
};

/** The private self-assessment: scored on the phone, one ballot with lean and marks (DISC-4, DISC-12). */
import { z } from 'zod';
import {
  id,
  line,
  lines,
  poleFault,
  slideBase,
  stepBase,
  text,
  type AnyStep,
  type Kind,
} from '../kind.ts';
import { scaleFaults } from './scale.ts';

const statement = z.strictObject({
  id,
  /** The pole it scores for, by id. */
  pole: z.string(),
  text,
  topics: z.array(id).default([]),
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
  .superRefine(({ statements }, context) => {
    const seen = new Set<string>();
    statements.forEach(({ id }, index) => {
      if (seen.has(id))
        context.addIssue({
          code: 'custom',
          path: ['statements', index, 'id'],
          message: `expected every statement to have its own id, got "${id}" twice`,
        });
      seen.add(id);
    });
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

export function isAssessment(other: AnyStep): other is z.output<typeof step> {
  return other.kind === 'assessment';
}

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
  asked: ({ title, statements }) => ({
    ask: title,
    scale: { of: 'lean' },
    statements: Object.fromEntries(statements.map(({ id, text }) => [id, text])),
  }),
  check: ({ statements, scale }, poles) => {
    const strays = statements.flatMap(({ pole }, index) =>
      poleFault(pole, poles, ['statements', index, 'pole']),
    );
    return strays.length > 0 ? strays : scaleFaults(statements, scale, poles);
  },
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

/** Where the room stands: the assessment's release, then the statements that split the room. */
import { z } from 'zod';
import type { Release } from '#core/round.ts';
import { splits } from '#core/split.ts';
import { isAssessment } from '../assessment/kind.ts';
import { id, releaseSchema, slideBase, stepBase, type Kind } from '../kind.ts';

const MOST_SPLITS = 3;

const step = z.strictObject({
  kind: z.literal('distribution'),
  ...stepBase,
  /** The assessment's question. */
  question: id,
  /** What to talk about, by the shape of the result. */
  prompts: z.strictObject({
    withheld: z.string().trim().min(1).max(300),
    veiled: z.string().trim().min(1).max(300),
    spread: z.string().trim().min(1).max(300),
    split: z.string().trim().min(1).max(300),
  }),
  /** Statement texts by id are filled in by the loader from the assessment. */
  statements: z.record(id, z.string()).default({}),
});
const split = z.strictObject({ text: z.string(), counts: z.array(z.int()), n: z.int() });
const slide = z.strictObject({
  kind: z.literal('distribution'),
  ...slideBase,
  question: id,
  /** Without its statements until their stage. */
  release: releaseSchema.nullable(),
  prompt: z.string().nullable(),
  /** null until that stage; empty when no statement may be ranked. */
  splits: z.array(split).nullable(),
});
export type DistributionSlide = z.output<typeof slide>;

export const distribution: Kind<z.output<typeof step>, DistributionSlide> = {
  name: 'distribution',
  step,
  slide,
  stages: () => [
    { id: 'shown', round: 'published' },
    { id: 'statements', round: 'published' },
  ],
  round: () => null,
  shows: ({ question }) => question,
  source: {
    field: 'question',
    expected: 'the question of an assessment that comes before',
    is: ({ question }, earlier) => isAssessment(earlier) && earlier.question === question,
    fill: (step, source) => ({
      ...step,
      statements: isAssessment(source)
        ? Object.fromEntries(source.statements.map(({ id, text }) => [id, text]))
        : {},
    }),
  },
  // Below the number for statements every one is withheld; a room that is veiled in all has something to hear.
  empty: ({ question }, { stage, release }) =>
    stage === 'statements' && everyWithheld(release(question)),
  present: ({ title, question, prompts, statements }, { stage, release }) => {
    const published = release(question);
    const ranked =
      stage === 'statements' && published
        ? splits(published, MOST_SPLITS).map(({ statement, counts, n }) => ({
            text: statements[statement] ?? statement,
            counts,
            n,
          }))
        : null;
    const shape = ranked?.length ? 'split' : published?.main.outcome;
    return {
      kind: 'distribution',
      title,
      question,
      release: stage === 'statements' ? published : mainOnly(published),
      prompt: shape ? prompts[shape] : null,
      splits: ranked,
    };
  },
};

function mainOnly(release: Release | null): Release | null {
  return release && { question: release.question, main: release.main };
}

function everyWithheld(release: Release | null): boolean {
  const outcomes = Object.values(release?.statements ?? {});
  return release !== null && outcomes.every(({ outcome }) => outcome === 'withheld');
}

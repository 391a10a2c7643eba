/** A claim to vote on, then what is true. */
import { z } from 'zod';
import { flatBands } from '#core/disclosure.ts';
import {
  id,
  lines,
  releaseSchema,
  slideBase,
  stepBase,
  TALK,
  text,
  VOTE_STAGES,
  type Kind,
} from '../kind.ts';

/** Agree, unsure, disagree: the interface names them, a claim needs no options of its own. */
const MYTH_CELLS = 3;

const step = z.strictObject({
  kind: z.literal('myth'),
  ...stepBase,
  question: id,
  claim: text,
  /** One sentence: what holds instead. */
  truth: text,
  because: lines(4),
});
const slide = z.strictObject({
  kind: z.literal('myth'),
  ...slideBase,
  question: id,
  claim: z.string(),
  release: releaseSchema.nullable(),
  answer: z.strictObject({ truth: z.string(), because: z.array(z.string()) }).nullable(),
  talk: z.boolean(),
});
export type MythSlide = z.output<typeof slide>;

export const myth: Kind<z.output<typeof step>, MythSlide> = {
  name: 'myth',
  step,
  slide,
  stages: () => [...VOTE_STAGES, { id: 'truth' }, TALK],
  round: ({ question }) => ({
    question,
    form: 'single',
    cells: MYTH_CELLS,
    bands: flatBands(MYTH_CELLS),
  }),
  asked: ({ claim }) => ({ ask: claim, scale: { of: 'claim' } }),
  present: ({ title, question, claim, truth, because }, { stage, release }) => ({
    kind: 'myth',
    title,
    question,
    claim,
    release: stage === 'shown' || stage === 'truth' ? release(question) : null,
    answer: stage === 'truth' ? { truth, because: because.map(({ text }) => text) } : null,
    talk: stage === 'talk',
  }),
};

/** The early feeling's question once more: the phone compares and offers one ballot about the movement (DISC-7). */
import { z } from 'zod';
import { flatBands } from '#core/disclosure.ts';
import { isGut } from '../gut/kind.ts';
import {
  id,
  releaseSchema,
  slideBase,
  stepBase,
  TALK,
  text,
  VOTE_STAGES,
  type Kind,
} from '../kind.ts';

/** Toward the first pole, unchanged, toward the second. */
const MOVEMENT_CELLS = 3;

const step = z.strictObject({
  kind: z.literal('movement'),
  ...stepBase,
  question: id,
  /** The early step's `feeling`. */
  feeling: id,
  ask: text,
});
const slide = z.strictObject({
  kind: z.literal('movement'),
  ...slideBase,
  question: id,
  feeling: id,
  ask: z.string(),
  release: releaseSchema.nullable(),
  talk: z.boolean(),
});
export type MovementSlide = z.output<typeof slide>;

export const movement: Kind<z.output<typeof step>, MovementSlide> = {
  name: 'movement',
  step,
  slide,
  stages: () => [...VOTE_STAGES, TALK],
  round: ({ question }) => ({
    question,
    form: 'single',
    cells: MOVEMENT_CELLS,
    bands: flatBands(MOVEMENT_CELLS),
  }),
  asked: ({ ask }) => ({ ask, scale: { of: 'movement' } }),
  source: {
    field: 'feeling',
    expected: 'the feeling of one gut step that comes before',
    is: ({ feeling }, earlier) => isGut(earlier) && earlier.feeling === feeling,
  },
  present: ({ title, question, feeling, ask }, { stage, release }) => ({
    kind: 'movement',
    title,
    question,
    feeling,
    ask,
    release: stage === 'shown' ? release(question) : null,
    talk: stage === 'talk',
  }),
};

/** One question with two to five options of its own. */
import { z } from 'zod';
import { FIVE_IN_THREE, flatBands } from '#core/disclosure.ts';
import {
  id,
  line,
  releaseSchema,
  slideBase,
  stepBase,
  TALK,
  text,
  VOTE_STAGES,
  type Kind,
} from '../kind.ts';

const step = z
  .strictObject({
    kind: z.literal('poll'),
    ...stepBase,
    question: id,
    ask: text,
    options: z.array(line).min(2).max(5),
    /** Five options in a row from one end to the other: they nest into three (DISC-2). */
    spectrum: z.boolean().default(false),
  })
  .refine(({ spectrum, options }) => !spectrum || options.length === 5, {
    path: ['options'],
    message: 'expected exactly five options, because `spectrum` is true',
  });
const slide = z.strictObject({
  kind: z.literal('poll'),
  ...slideBase,
  question: id,
  ask: z.string(),
  options: z.array(z.string()),
  spectrum: z.boolean(),
  release: releaseSchema.nullable(),
  talk: z.boolean(),
});
export type PollSlide = z.output<typeof slide>;

export const poll: Kind<z.output<typeof step>, PollSlide> = {
  name: 'poll',
  step,
  slide,
  stages: () => [...VOTE_STAGES, TALK],
  round: ({ question, options, spectrum }) => ({
    question,
    form: 'single',
    cells: options.length,
    bands: spectrum ? FIVE_IN_THREE : flatBands(options.length),
  }),
  asked: ({ ask, options, spectrum }) => ({
    ask,
    scale: { of: 'options', options: options.map(({ text }) => text), nested: spectrum },
  }),
  present: ({ title, question, ask, options, spectrum }, { stage, release }) => ({
    kind: 'poll',
    title,
    question,
    ask,
    options: options.map(({ text }) => text),
    spectrum,
    release: stage === 'shown' ? release(question) : null,
    talk: stage === 'talk',
  }),
};

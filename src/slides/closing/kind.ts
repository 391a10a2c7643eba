/** The end: sentences to say aloud, trials to pick, and what to take home. */
import { z } from 'zod';
import { line, lines, slideBase, stepBase, text, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('closing'),
  ...stepBase,
  lead: text,
  /** One sentence per pole, to say aloud. */
  sentences: z.tuple([line, line]),
  points: lines(5).optional(),
});
const slide = z.strictObject({
  kind: z.literal('closing'),
  ...slideBase,
  lead: z.string(),
  sentences: z.tuple([z.string(), z.string()]),
  points: z.array(z.string()),
});
export type ClosingSlide = z.output<typeof slide>;

export const closing: Kind<z.output<typeof step>, ClosingSlide> = {
  name: 'closing',
  step,
  slide,
  stages: () => [{ id: 'end' }],
  round: () => null,
  present: ({ title, lead, sentences, points }) => ({
    kind: 'closing',
    title,
    lead,
    sentences: [sentences[0].text, sentences[1].text],
    points: (points ?? []).map(({ text }) => text),
  }),
};

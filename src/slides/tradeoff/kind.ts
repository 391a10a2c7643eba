/** Two sides, a vote on a five-point spectrum between the poles, and a tip against regret. */
import { z } from 'zod';
import { FIVE_IN_THREE } from '#core/disclosure.ts';
import {
  id,
  line,
  lines,
  releaseSchema,
  slideBase,
  stepBase,
  TALK,
  text,
  VOTE_STAGES,
  type Kind,
} from '../kind.ts';

const side = z.strictObject({ title: z.string().trim().min(1).max(80), lines: lines(5) });
const step = z.strictObject({
  kind: z.literal('tradeoff'),
  ...stepBase,
  question: id,
  /** What the spectrum asks. */
  ask: text,
  /** In the order of the workshop's poles. */
  sides: z.tuple([side, side]),
  regret: line,
});
const slideSide = z.strictObject({ title: z.string(), lines: z.array(z.string()) });
const slide = z.strictObject({
  kind: z.literal('tradeoff'),
  ...slideBase,
  question: id,
  ask: z.string(),
  sides: z.tuple([slideSide, slideSide]),
  release: releaseSchema.nullable(),
  regret: z.string().nullable(),
  talk: z.boolean(),
});
export type TradeoffSlide = z.output<typeof slide>;

export const tradeoff: Kind<z.output<typeof step>, TradeoffSlide> = {
  name: 'tradeoff',
  step,
  slide,
  stages: () => [...VOTE_STAGES, { id: 'regret' }, TALK],
  round: ({ question }) => ({ question, form: 'single', cells: 5, bands: FIVE_IN_THREE }),
  asked: ({ ask }) => ({ ask, scale: { of: 'spectrum' } }),
  present: ({ title, question, ask, sides, regret }, { stage, release }) => {
    const [first, second] = sides.map((side) => ({
      title: side.title,
      lines: side.lines.map(({ text }) => text),
    }));
    if (!first || !second) throw new RangeError('a trade-off has two sides');
    return {
      kind: 'tradeoff',
      title,
      question,
      ask,
      sides: [first, second],
      release: stage === 'shown' || stage === 'regret' ? release(question) : null,
      regret: stage === 'regret' ? regret.text : null,
      talk: stage === 'talk',
    };
  },
};

/** A question to talk about in the room, alone, in pairs or all together, against a timer. */
import { z } from 'zod';
import { lines, slideBase, stepBase, text, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('discussion'),
  ...stepBase,
  ask: text,
  /** Helps that stay on the slide. */
  prompts: lines(6).optional(),
  /** What the group timer is set to; whole seconds. */
  seconds: z.int().min(10).max(3600),
});
const slide = z.strictObject({
  kind: z.literal('discussion'),
  ...slideBase,
  ask: z.string(),
  prompts: z.array(z.string()),
  seconds: z.int(),
});
export type DiscussionSlide = z.output<typeof slide>;

export const discussion: Kind<z.output<typeof step>, DiscussionSlide> = {
  name: 'discussion',
  step,
  slide,
  stages: () => [{ id: 'talk' }],
  round: () => null,
  present: ({ title, ask, prompts, seconds }) => ({
    kind: 'discussion',
    title,
    ask,
    prompts: (prompts ?? []).map(({ text }) => text),
    seconds,
  }),
};

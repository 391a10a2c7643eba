/** The lobby: how to join, and what this hour is about. */
import { z } from 'zod';
import { lines, slideBase, stepBase, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('welcome'),
  ...stepBase,
  lead: z.string().trim().min(1).max(300),
  points: lines(4).optional(),
});
const slide = z.strictObject({
  kind: z.literal('welcome'),
  ...slideBase,
  lead: z.string(),
  points: z.array(z.string()),
});
export type WelcomeSlide = z.output<typeof slide>;

export const welcome: Kind<z.output<typeof step>, WelcomeSlide> = {
  name: 'welcome',
  step,
  slide,
  stages: () => [{ id: 'lobby' }],
  round: () => null,
  present: ({ title, lead, points }) => ({
    kind: 'welcome',
    title,
    lead,
    points: (points ?? []).map(({ text }) => text),
  }),
};

/** A first feeling between the poles. It stays on the phone until a movement asks for the difference (DISC-7). */
import { z } from 'zod';
import { id, slideBase, stepBase, text, type AnyStep, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('gut'),
  ...stepBase,
  /** Under this name the phone keeps the answer; nothing is sent. */
  feeling: id,
  ask: text,
});
const slide = z.strictObject({
  kind: z.literal('gut'),
  ...slideBase,
  feeling: id,
  ask: z.string(),
});
export type GutSlide = z.output<typeof slide>;

export function isGut(other: AnyStep): other is z.output<typeof step> {
  return other.kind === 'gut';
}

export const gut: Kind<z.output<typeof step>, GutSlide> = {
  name: 'gut',
  step,
  slide,
  stages: () => [{ id: 'ask' }],
  round: () => null,
  present: ({ title, feeling, ask }) => ({ kind: 'gut', title, feeling, ask }),
};

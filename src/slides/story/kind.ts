/** A case told move by move, with the lesson last. */
import { z } from 'zod';
import { line, lines, poleFault, slideBase, stepBase, text, type Kind } from '../kind.ts';

const step = z.strictObject({
  kind: z.literal('story'),
  ...stepBase,
  /** Which pole the story belongs to, by id. */
  pole: z.string(),
  scene: text,
  /** What the person does not do. */
  instead: line,
  moves: lines(7),
  lesson: line,
});
const slide = z.strictObject({
  kind: z.literal('story'),
  ...slideBase,
  pole: z.string(),
  scene: z.string(),
  instead: z.string(),
  /** What has been told so far. */
  moves: z.array(z.string()),
  total: z.int(),
  lesson: z.string().nullable(),
});
export type StorySlide = z.output<typeof slide>;

export const story: Kind<z.output<typeof step>, StorySlide> = {
  name: 'story',
  step,
  slide,
  stages: ({ moves }) => [
    { id: 'scene' },
    ...moves.map((_, index) => ({ id: `move-${index + 1}` })),
    { id: 'lesson' },
  ],
  round: () => null,
  check: ({ pole }, poles) => poleFault(pole, poles, ['pole']),
  present: ({ title, pole, scene, instead, moves, lesson }, { stage }) => {
    const told = stage === 'lesson' ? moves.length : Number(stage.replace('move-', '')) || 0;
    return {
      kind: 'story',
      title,
      pole,
      scene,
      instead: instead.text,
      moves: moves.slice(0, told).map(({ text }) => text),
      total: moves.length,
      lesson: stage === 'lesson' ? lesson.text : null,
    };
  },
};

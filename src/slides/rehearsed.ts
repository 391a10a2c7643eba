/** The registry for rehearsals: what each kind of slide asks of a simulated person; null: nothing. */
import { FEELINGS } from '#core/movement.ts';
import type { Task } from '$lib/rehearsal/task.ts';
import type { KindName, Slide, SlideByKind } from './kinds.ts';

const nothing = () => null;

const REHEARSED: { [Name in KindName]: (slide: SlideByKind[Name]) => Task | null } = {
  assessment: (slide) => ({ asks: 'assessment', question: slide.question, slide }),
  closing: nothing,
  compare: nothing,
  discussion: nothing,
  distribution: nothing,
  gut: ({ feeling }) => ({ asks: 'feeling', feeling }),
  movement: ({ question, ask, feeling }) => ({ asks: 'movement', question, title: ask, feeling }),
  myth: ({ question, claim }) => choice(question, claim, 3, false),
  points: nothing,
  poll: ({ question, ask, options, spectrum }) => choice(question, ask, options.length, spectrum),
  story: nothing,
  tradeoff: ({ question, ask }) => choice(question, ask, FEELINGS, true),
  welcome: nothing,
};

export function rehearsedTask(slide: Slide): Task | null {
  const task = REHEARSED[slide.kind] as (slide: Slide) => Task | null;
  return task(slide);
}

function choice(question: string, title: string, cells: number, nested: boolean): Task {
  return { asks: 'choice', question, title, cells, nested };
}

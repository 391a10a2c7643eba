/** The draft that a simulated person makes, with the same scoring and the same words as a phone. */
import { FEELINGS, movementOf } from '#core/movement.ts';
import { assessmentWords } from '$lib/seat/assessment/words.ts';
import type { Draft } from '$lib/seat/ballot.ts';
import type { Seat } from '$lib/seat/seat.svelte.ts';
import type { Poles } from '$lib/seat/slide-props.ts';
import { answersFor, cellOf, leanOf, moveOf, type Crowd } from './crowd.ts';
import type { Task } from './task.ts';

interface Making {
  task: Exclude<Task, { asks: 'feeling' }>;
  seat: Seat;
  poles: Poles;
  crowd: Crowd;
  nth: number;
  /** The early feeling, where the task asks for the movement since. */
  before: number | null;
  /** False: a first answer, which the person will change. */
  sure: boolean;
}

/** @returns null where there is nothing to send: a phone would offer nothing either */
export function draftOf({ task, seat, poles, crowd, nth, before, sure }: Making): Draft | null {
  const { question } = task;
  switch (task.asks) {
    case 'choice': {
      const cell = cellOf(crowd, nth, question, task);
      return plain(task, sure ? cell : (cell + 1) % task.cells);
    }
    case 'movement': {
      const felt = before ?? 0;
      const move = sure ? moveOf(crowd, nth, question) : 0;
      const after = Math.min(FEELINGS - 1, Math.max(0, felt + move));
      seat.pick(question, after);
      const cell = movementOf(felt, after);
      return cell === null ? null : plain(task, cell);
    }
    case 'assessment': {
      const { slide } = task;
      const scale = { ...slide.scale, statements: slide.statements };
      const lean = leanOf(crowd, nth, question);
      const answers = answersFor(scale, sure ? lean : 2, `${crowd.seed} ${question} ${nth}`);
      seat.answer(slide, answers);
      seat.goTo(slide, 'done');
      return assessmentWords(slide, answers, poles)?.draft ?? null;
    }
  }
}

function plain({ question, title }: { question: string; title: string }, cell: number): Draft {
  return { question, title, choice: { cell }, words: [String(cell)] };
}

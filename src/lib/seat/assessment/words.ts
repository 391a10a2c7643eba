/** The assessment's ballot in words: exactly what leaves the phone, before it is sent (DISC-12). */
import { m } from '$lib/i18n/paraglide/messages';
import { leanLabels, markLabels } from '$lib/ui/labels.ts';
import { assessmentChoice, type Answers } from '#core/scoring.ts';
import type { AssessmentSlide } from '#slides/assessment/kind.ts';
import type { Draft } from '../ballot.ts';
import type { Poles } from '../slide-props.ts';

/** The five points, weakest first. */
export function answerLabels(): string[] {
  return [
    m.phone_point_1(),
    m.phone_point_2(),
    m.phone_point_3(),
    m.phone_point_4(),
    m.phone_point_5(),
  ];
}

export interface AssessmentWords {
  lean: string;
  /** Each statement with its three-level mark. */
  marks: { id: string; text: string; mark: string }[];
  draft: Draft;
}

/** @returns null until every statement is answered */
export function assessmentWords(
  slide: AssessmentSlide,
  answers: Answers,
  poles: Poles,
): AssessmentWords | null {
  const choice = assessmentChoice(answers, { ...slide.scale, statements: slide.statements });
  if (!choice || !('lean' in choice)) return null;
  const lean = leanLabels(poles).cells[choice.lean] ?? '';
  const labels = markLabels();
  const marks = slide.statements.map(({ id, text }, index) => ({
    id,
    text,
    mark: labels[choice.marks[index] ?? 1] ?? '',
  }));
  const words = [lean, ...marks.map(({ text, mark }) => m.phone_left_mark({ text, mark }))];
  return { lean, marks, draft: { question: slide.question, title: slide.title, choice, words } };
}

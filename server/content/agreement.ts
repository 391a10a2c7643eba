/**
 * Whether the languages of a workshop are one workshop: a session holds them all, and each phone reads
 * its own. What a vote counts and where a step may lead must not depend on the language.
 */
import { agendaOf, kindOf } from '#slides/kinds.ts';
import type { Workshop } from '#protocol/workshop.ts';
import type { Problem } from './problem.ts';

/**
 * @param model the language the others are measured by
 * @param dir the folder of `other`, for the problems
 * @returns one problem for each difference in plans, poles, steps, stages, questions or cells
 */
export function disagreements(model: Workshop, other: Workshop, dir: string): Problem[] {
  const say = (field: string, message: string): Problem => ({
    file: dir,
    line: 0,
    field,
    message: `${message}, as in ${model.language}`,
  });
  const problems: Problem[] = [];
  const plans = ({ plans }: Workshop) =>
    plans.map(({ id, minutes, skip }) => ({ id, minutes, skip }));
  if (!same(plans(model), plans(other)))
    problems.push(say('plans', 'expected the same ids, minutes and steps to skip'));
  if (!same(poleIds(model), poleIds(other)))
    problems.push(say('poles', `expected the ids ${poleIds(model).join(' and ')}`));
  const ids = model.steps.map(({ id }) => id);
  if (
    !same(
      ids,
      other.steps.map(({ id }) => id),
    )
  )
    return [
      ...problems,
      say('steps', `expected the same steps in the same order (${ids.join(', ')})`),
    ];
  const [wanted, found] = [shape(model), shape(other)];
  return [
    ...problems,
    ...ids
      .filter((_, index) => !same(wanted[index], found[index]))
      .map((id) =>
        say(`step ${id}`, 'expected the same kind, stages, minutes, questions and cells'),
      ),
  ];
}

function shape({ steps }: Workshop): unknown[] {
  const agenda = agendaOf(steps);
  return steps.map((step, index) => [
    step.kind,
    step.minutes,
    agenda[index],
    kindOf(step).round(step),
    step.kind === 'assessment' ? step.statements.map(({ id, pole }) => [id, pole]) : null,
  ]);
}

const poleIds = ({ poles }: Workshop) => poles.map(({ id }) => id);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

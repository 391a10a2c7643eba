/** What a schema of one file cannot see: how the steps of a workshop fit together. */
import type { Workshop } from '#protocol/workshop.ts';
import { kindOf, type Step } from '#slides/kinds.ts';
import type { Located } from './located.ts';
import type { Problem } from './problem.ts';
import { topicsOf } from './topics.ts';

/** A step together with the file it came from. */
export interface Placed {
  step: Step;
  located: Located;
}

type Head = Pick<Workshop, 'poles' | 'plans'>;

/** Every fault of one workshop in one language, given that each file is sound by itself. */
export function checkWorkshop(
  head: Head,
  located: Located,
  steps: readonly Placed[],
  topics: ReadonlySet<string>,
): Problem[] {
  return [
    ...checkPoles(head, located),
    ...checkPlans(head, located, steps),
    ...checkFirst(steps),
    ...twice(steps, 'id', ({ id }) => id, 'expected every step to have its own id'),
    // DISC-5: a question is published once per session.
    ...twice(steps, 'question', asks, 'expected every question to be asked once'),
    ...twice(
      steps,
      'question',
      words(head),
      'expected other words than another question has',
      asks,
    ),
    ...steps.flatMap((placed, position) => checkStep(head, placed, steps.slice(0, position))),
    ...steps.flatMap((placed) => checkTopics(placed, topics)),
  ];
}

/** The earlier step that this one builds on; null when it has none or it is not there. */
export function sourceOf(step: Step, earlier: readonly Step[]): Step | null {
  const source = kindOf(step).source;
  if (!source) return null;
  const found = earlier.filter((other) => source.is(step, other));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function checkStep(head: Head, { step, located }: Placed, earlier: readonly Placed[]): Problem[] {
  const kind = kindOf(step);
  const faults = kind.check?.(step, head.poles) ?? [];
  const problems = faults.map(({ path, message }) => located.at(path, message));
  const before = earlier.map((placed) => placed.step);
  if (!kind.source || sourceOf(step, before)) return problems;
  const { field, expected } = kind.source;
  const named = String((step as unknown as Record<string, unknown>)[field]);
  return [...problems, located.at([field], `expected ${expected}, got "${named}"`)];
}

function checkPoles({ poles }: Head, located: Located): Problem[] {
  if (poles[0].id !== poles[1].id) return [];
  return [located.at(['poles', 1, 'id'], `expected two poles, got "${poles[1].id}" twice`)];
}

function checkFirst(steps: readonly Placed[]): Problem[] {
  const first = steps[0];
  if (!first || first.step.kind === 'welcome') return [];
  const message = `expected the first step to be a welcome, got "${first.step.kind}"`;
  return [first.located.at(['kind'], message)];
}

function checkPlans({ plans }: Head, located: Located, steps: readonly Placed[]): Problem[] {
  const ids = steps.map(({ step }) => step.id);
  return plans.flatMap((plan, position) => {
    const again = plans.findIndex(({ id }) => id === plan.id) < position;
    const problems = again
      ? [
          located.at(
            ['plans', position, 'id'],
            `expected another id than "${plan.id}", taken above`,
          ),
        ]
      : [];
    const skips = plan.skip.flatMap((skipped, index) => {
      const path = ['plans', position, 'skip', index];
      if (!ids.includes(skipped))
        return [located.at(path, `expected the id of a step, got "${skipped}"`)];
      if (skipped === ids[0])
        return [located.at(path, `expected to keep the first step, got "${skipped}"`)];
      const needs = neededBy(skipped, steps).find((other) => !plan.skip.includes(other));
      return needs === undefined
        ? []
        : [located.at(path, `expected to keep "${skipped}", because the step "${needs}" needs it`)];
    });
    return [...problems, ...skips];
  });
}

function neededBy(id: string, steps: readonly Placed[]): string[] {
  const all = steps.map(({ step }) => step);
  return all
    .filter((step, position) => sourceOf(step, all.slice(0, position))?.id === id)
    .map((step) => step.id);
}

function checkTopics({ step, located }: Placed, topics: ReadonlySet<string>): Problem[] {
  return topicsOf(step)
    .filter(({ topic }) => !topics.has(topic))
    .map(({ topic, path }) =>
      located.at(path, `expected a topic that topics.yaml lists, got "${topic}"`),
    );
}

function asks(step: Step): string | null {
  return kindOf(step).round(step)?.question ?? null;
}

/** What a phone is asked: the same under another id would be published twice all the same (DISC-5). */
const words =
  ({ poles }: Head) =>
  (step: Step): string | null => {
    if (asks(step) === null) return null;
    const asked = kindOf(step).present(step, { stage: 'open', poles, release: () => null });
    return JSON.stringify({ ...asked, title: '', question: '' }).toLowerCase();
  };

/** @param shown what stands in the message for a value that is found again */
function twice(
  steps: readonly Placed[],
  field: string,
  value: (step: Step) => string | null,
  expected: string,
  shown = value,
): Problem[] {
  const first = new Map<string, string>();
  return steps.flatMap(({ step, located }) => {
    const name = value(step);
    if (name === null) return [];
    const earlier = first.get(name);
    first.set(name, earlier ?? located.file);
    if (earlier === undefined) return [];
    return [
      located.at([field], `${expected}, got "${shown(step)}", which stands in ${earlier} too`),
    ];
  });
}

/**
 * Every state of every slide kind, as a real session can be brought to it: the first step of each
 * kind, at each of its stages, and where something is published, with rooms of different minds.
 */
import { POLICIES } from '#core/disclosure.ts';
import type { Choice, Round } from '#core/round.ts';
import { agendaStep, kindOf, type Step } from '#slides/kinds.ts';

/** A room's size and what the person with this index answers. */
export interface Mind {
  name: string;
  people: number;
  choose: (round: Round, index: number) => Choice;
}

export interface State {
  /** File name and heading: `myth-shown-veiled`. */
  name: string;
  step: string;
  stage: string;
  mind: Mind;
}

const cells = (round: Round) => (round.form === 'single' ? round.cells : 5);

/** A ballot of any round from a place on its scale, 0 to 1. */
function at(round: Round, place: number, index: number): Choice {
  const cell = Math.min(cells(round) - 1, Math.floor(place * cells(round)));
  if (round.form === 'single') return { cell };
  // The first three split any room; the others lean with the person.
  const marks = round.statements.map((_, nth) =>
    nth < 3 ? (index % 2) * 2 : (index + nth) % 4 === 0 ? 1 : 2,
  );
  return { lean: cell, marks };
}

const spread = (people: number): Mind => ({
  name: 'spread',
  people,
  choose: (round, index) => at(round, (index % cells(round)) / cells(round), index),
});

export const MINDS = {
  spread: spread(12),
  few: { ...spread(4), name: 'few' },
  seven: { ...spread(7), name: 'seven' },
  many: { ...spread(64), name: 'many' },
  one: { name: 'one-mind', people: 6, choose: (round, index) => at(round, 0, index) },
  camps: {
    name: 'two-camps',
    people: 12,
    choose: (round, index) => at(round, index % 2 ? 0.99 : 0, index),
  },
} satisfies Record<string, Mind>;

/** Below this the part with single statements is left out. */
const STATEMENTS_FROM = POLICIES.standard.statementsFrom;

/** Stages at which something is published of the step's question, or may be. */
const PUBLISHED = ['closed', 'published'];

/** @param steps of a workshop, in the order of its agenda */
export function statesOf(steps: readonly Step[]): State[] {
  const kinds = new Map(steps.toReversed().map((step) => [step.kind, step]));
  return [...kinds.values()].reverse().flatMap((step) => {
    const shows = kindOf(step).round(step) === null && agendaStep(step).question !== null;
    return kindOf(step)
      .stages(step)
      .flatMap(({ id: stage, round }) => {
        const told = shows || PUBLISHED.includes(round ?? '');
        const enough = ({ people }: Mind) => stage !== 'statements' || people >= STATEMENTS_FROM;
        return mindsFor(step, told)
          .filter(enough)
          .map((mind) => ({
            name: [step.kind, stage, ...(told ? [mind.name] : [])].join('-'),
            step: step.id,
            stage,
            mind,
          }));
      });
  });
}

function mindsFor(step: Step, told: boolean): Mind[] {
  if (!told) return [MINDS.spread];
  if (step.kind === 'distribution') return Object.values(MINDS);
  return [MINDS.spread, MINDS.few, MINDS.one];
}

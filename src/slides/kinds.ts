/** The registry of slide kinds: a new kind is one folder and one line here and in views.ts. */
import { z } from 'zod';
import type { Agenda, AgendaStep } from '#core/agenda.ts';
import type { Round } from '#core/round.ts';
import { assessment } from './assessment/kind.ts';
import { closing } from './closing/kind.ts';
import { compare } from './compare/kind.ts';
import { discussion } from './discussion/kind.ts';
import { distribution } from './distribution/kind.ts';
import { gut } from './gut/kind.ts';
import { movement } from './movement/kind.ts';
import { myth } from './myth/kind.ts';
import { points } from './points/kind.ts';
import { poll } from './poll/kind.ts';
import { story } from './story/kind.ts';
import { tradeoff } from './tradeoff/kind.ts';
import { welcome } from './welcome/kind.ts';
import type { Kind, Showing } from './kind.ts';

export const KINDS = {
  assessment,
  closing,
  compare,
  discussion,
  distribution,
  gut,
  movement,
  myth,
  points,
  poll,
  story,
  tradeoff,
  welcome,
} as const;

export type KindName = keyof typeof KINDS;
type StepOf<K> = K extends Kind<infer Step, infer _Slide> ? Step : never;
type SlideOf<K> = K extends Kind<infer _Step, infer Slide> ? Slide : never;
export type Step = StepOf<(typeof KINDS)[KindName]>;
export type Slide = SlideOf<(typeof KINDS)[KindName]>;
export type SlideByKind = { [Name in KindName]: SlideOf<(typeof KINDS)[Name]> };

const all = Object.values(KINDS);
const [firstKind, ...otherKinds] = all;

/** Any slide, as the wire carries it. */
export const slideSchema = z.union([
  (firstKind as Kind<Step, Slide>).slide,
  ...otherKinds.map((kind) => (kind as unknown as Kind<Step, Slide>).slide),
]) as z.ZodType<Slide>;

/** The kind of a step: the only place that goes from a name to a kind. */
export function kindOf(step: Step): Kind<Step, Slide> {
  return KINDS[step.kind] as unknown as Kind<Step, Slide>;
}

/** The step as the state machine sees it. */
export function agendaStep(step: Step): AgendaStep {
  const kind = kindOf(step);
  const question = kind.shows?.(step) ?? kind.round(step)?.question ?? null;
  return { id: step.id, stages: kind.stages(step), question };
}

export function agendaOf(steps: readonly Step[]): Agenda {
  return steps.map(agendaStep);
}

/** Every round of a workshop by its question. */
export function roundsOf(steps: readonly Step[]): Map<string, Round> {
  return new Map(
    steps.flatMap((step) => {
      const round = kindOf(step).round(step);
      return round ? [[round.question, round] as const] : [];
    }),
  );
}

export function present(step: Step, showing: Showing): Slide {
  return kindOf(step).present(step, showing);
}

/** Whether the stage has nothing to show, so that “next” passes it by. */
export function isEmpty(step: Step, showing: Showing): boolean {
  return kindOf(step).empty?.(step, showing) ?? false;
}

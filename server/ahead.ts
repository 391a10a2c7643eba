/** Where “next” and “back” lead once it is known what was published, and what comes next looks like. */
import {
  findStage,
  findStep,
  nextCursor,
  previousCursor,
  type Agenda,
  type Cursor,
} from '#core/agenda.ts';
import type { SessionState } from '#core/session.ts';
import type { HostView } from '#protocol/views.ts';
import { isEmpty, present } from '#slides/kinds.ts';
import type { Snapshot } from './views.ts';

type Ways = Pick<HostView, 'next' | 'previous' | 'passed' | 'ahead'>;

export function waysOn(snapshot: Snapshot): Ways {
  const { agenda, state } = snapshot;
  const { rounds, cursor } = state;
  const onward = (from: Cursor) => nextCursor(agenda, rounds, from);
  const back = (from: Cursor) => previousCursor(agenda, rounds, from);
  const nearest = onward(cursor);
  const next = firstWorthShowing(snapshot, nearest, onward);
  return {
    next,
    previous: firstWorthShowing(snapshot, back(cursor), back),
    passed: next !== nearest && nearest?.step === cursor.step,
    ahead: next && aheadOf(snapshot, next),
  };
}

/** The place itself, or the first one behind it on the way that has something to show. */
function firstWorthShowing(
  snapshot: Snapshot,
  place: Cursor | null,
  way: (from: Cursor) => Cursor | null,
): Cursor | null {
  if (!place) return null;
  const step = snapshot.workshop.steps.find(({ id }) => id === place.step);
  const { poles } = snapshot.workshop;
  const release = (question: string) => snapshot.releases.get(question) ?? null;
  if (!step || !isEmpty(step, { stage: place.stage, poles, release })) return place;
  return firstWorthShowing(snapshot, way(place), way);
}

/** Without any result, published or not: a console that is mirrored to the room gives nothing away. */
function aheadOf({ workshop, agenda, state }: Snapshot, next: Cursor): HostView['ahead'] {
  const position = workshop.steps.findIndex(({ id }) => id === next.step);
  const step = workshop.steps[position];
  if (!step) return null;
  const { poles } = workshop;
  const slide = present(step, { stage: next.stage, poles, release: () => null });
  return { slide, position, round: roundAt(agenda, state.rounds, next) };
}

function roundAt(agenda: Agenda, rounds: SessionState['rounds'], at: Cursor): HostView['round'] {
  const question = findStep(agenda, at.step)?.question ?? null;
  if (question === null) return null;
  switch (findStage(agenda, at)?.round) {
    case 'opens':
      return { question, status: 'open' };
    case 'closes':
      return { question, status: 'closed' };
    default:
      return { question, status: rounds[question] ?? 'ready' };
  }
}

/** Builds each audience's view. Pure: the same snapshot and time give the same view, on every node. */
import {
  canRest,
  landing,
  type Agenda,
  type AgendaStep,
  type Cursor,
  type Rounds,
} from '#core/agenda.ts';
import type { Policy } from '#core/disclosure.ts';
import type { Release } from '#core/round.ts';
import type { SessionState } from '#core/session.ts';
import { kindOf, present, type Step } from '#slides/kinds.ts';
import type { Audience, Counts, HostView, ParticipantView, ScreenView } from '#protocol/views.ts';
import type { Workshop } from '#protocol/workshop.ts';
import { waysOn } from './ahead.ts';
import { inLanguage, languagesOf, type InLanguages } from './languages.ts';

/** Everything a view is made of, as read from the store at one moment. */
export interface Snapshot extends InLanguages {
  epoch: string;
  code: string;
  joinUrl: string;
  policy: Policy;
  operator: string | null;
  rehearsal: boolean;
  maxSeats: number;
  agenda: Agenda;
  state: SessionState;
  /** Only what is stored durably (DISC-5). */
  releases: ReadonlyMap<string, Release>;
  counts: Counts;
}

export interface ViewOf {
  host: HostView;
  screen: ScreenView;
  participant: ParticipantView;
}

/**
 * @param now milliseconds since 1970, for the timers
 * @param language a participant's, if the workshop has it; hosts and walls read the session's own
 */
export function buildView<A extends Audience>(
  audience: A,
  snapshot: Snapshot,
  now: number,
  language: string | null = null,
): ViewOf[A] {
  const views: { [B in Audience]: () => ViewOf[B] } = {
    participant: () => ({ audience: 'participant', ...base(snapshot, now, language) }),
    screen: () => ({ audience: 'screen', ...base(snapshot, now), ...wall(snapshot) }),
    host: () => ({
      audience: 'host',
      ...base(snapshot, now),
      ...wall(snapshot),
      ...hostOnly(snapshot),
    }),
  };
  return views[audience]();
}

function base(snapshot: Snapshot, now: number, language: string | null = null) {
  const { epoch, state, counts, operator } = snapshot;
  const workshop = inLanguage(snapshot, language);
  const { step, entry } = here(snapshot, workshop);
  return {
    epoch,
    revision: state.revision,
    now,
    workshop: {
      id: workshop.id,
      title: workshop.title,
      language: workshop.language,
      languages: languagesOf(snapshot),
      poles: workshop.poles,
    },
    cursor: state.cursor,
    position: workshop.steps.indexOf(step),
    steps: workshop.steps.length,
    slide: present(step, {
      stage: state.cursor.stage,
      poles: workshop.poles,
      release: (question) => snapshot.releases.get(question) ?? null,
    }),
    round: roundOf(entry, state),
    timer: state.timer,
    counts,
    locked: state.locked,
    rehearsal: snapshot.rehearsal,
    contract: contractOf(snapshot.policy, operator),
  };
}

/** The frozen contract as participants read it (DISC-8). */
export function contractOf(policy: Policy, operator: string | null) {
  const { name, minimum, statementsFrom } = policy;
  return { policy: name, minimum, statementsFrom, operator };
}

function wall({ code, joinUrl, state }: Snapshot) {
  return { code, joinUrl, curtain: state.curtain };
}

function hostOnly(snapshot: Snapshot) {
  const { workshop, state, releases } = snapshot;
  const { step, entry } = here(snapshot, workshop);
  const { question } = entry;
  const release = question === null ? null : (releases.get(question) ?? null);
  const closed = question !== null && state.rounds[question] === 'closed';
  return {
    notes: step.notes,
    cue: step.cue ?? null,
    stages: entry.stages.filter(({ aside }) => !aside).map(({ id }) => id),
    ...waysOn(snapshot),
    aside: asideOf(snapshot, entry),
    agenda: entriesOf(snapshot),
    scale: scaleOf(workshop, question),
    release,
    // Whatever was closed and could be opened has a release by now.
    stuck: closed && release === null,
    startedAt: state.startedAt,
    stepSince: state.stepSince,
    extra: state.extra,
    maxSeats: snapshot.maxSeats,
  };
}

/** The same object until a round opens or closes: most changes of step then neither build nor encode it again. */
const entries = new WeakMap<Agenda, { rounds: Rounds; list: HostView['agenda'] }>();

function entriesOf({ workshop, agenda, state: { rounds } }: Snapshot): HostView['agenda'] {
  const known = entries.get(agenda);
  if (known?.rounds === rounds) return known.list;
  const list = workshop.steps.map(({ id, title, kind, minutes }) => ({
    id,
    title,
    kind,
    minutes,
    landing: landing(agenda, rounds, id),
  }));
  entries.set(agenda, { rounds, list });
  return list;
}

/** Of the step that asks the question: another one may show its result. */
function scaleOf({ steps }: Workshop, question: string | null): HostView['scale'] {
  if (question === null) return null;
  const asks = steps.find((step) => kindOf(step).round(step)?.question === question);
  return (asks && kindOf(asks).asked?.(asks).scale) ?? null;
}

function asideOf({ agenda, state }: Snapshot, entry: AgendaStep): Cursor | null {
  const stage = entry.stages.find(({ aside }) => aside);
  if (!stage || stage.id === state.cursor.stage || isOpen(entry, state)) return null;
  const cursor = { step: entry.id, stage: stage.id };
  return canRest(agenda, state.rounds, cursor) ? cursor : null;
}

function roundOf(entry: AgendaStep, state: SessionState): ParticipantView['round'] {
  if (entry.question === null) return null;
  const status = state.rounds[entry.question] ?? 'ready';
  return { question: entry.question, status };
}

function isOpen(entry: AgendaStep, state: SessionState): boolean {
  return entry.question !== null && state.rounds[entry.question] === 'open';
}

function here({ agenda, state }: Snapshot, workshop: Workshop): { step: Step; entry: AgendaStep } {
  const index = agenda.findIndex(({ id }) => id === state.cursor.step);
  const step = workshop.steps[index];
  const entry = agenda[index];
  if (!step || !entry) throw new RangeError('the session is at a step its workshop does not have');
  return { step, entry };
}

/** The agenda as the state machine sees it: steps, their stages, and what may follow what. */

/** One moment of a step. `round` says what entering it does to, or asks of, the step's question. */
export interface Stage {
  id: string;
  /** `opens` and `closes` change the round; `published` needs it closed (and so released). */
  round?: 'opens' | 'closes' | 'published';
  /** Reached only on purpose: “next” passes it by. */
  aside?: true;
}

export interface AgendaStep {
  id: string;
  stages: readonly Stage[];
  /** The question its `round` stages speak of; a distribution refers to another step's. */
  question: string | null;
}

export type Agenda = readonly AgendaStep[];

/** Where the room is: ids of a step and of one of its stages. */
export interface Cursor {
  step: string;
  stage: string;
}

/** Absent: never opened. A closed round never opens again (DISC-5). */
export type Rounds = Readonly<Record<string, 'open' | 'closed'>>;

export function sameCursor(a: Cursor, b: Cursor): boolean {
  return a.step === b.step && a.stage === b.stage;
}

export function findStep(agenda: Agenda, step: string): AgendaStep | undefined {
  return agenda.find(({ id }) => id === step);
}

export function findStage(agenda: Agenda, cursor: Cursor): Stage | undefined {
  return findStep(agenda, cursor.step)?.stages.find(({ id }) => id === cursor.stage);
}

/** Whether a room whose rounds stand as `rounds` may be at `cursor` without opening or closing anything. */
export function canRest(agenda: Agenda, rounds: Rounds, cursor: Cursor): boolean {
  const stage = findStage(agenda, cursor);
  if (!stage) return false;
  if (stage.round === undefined) return true;
  const question = findStep(agenda, cursor.step)?.question ?? '';
  return stage.round !== 'opens' && rounds[question] === 'closed';
}

/**
 * Where the primary action leads, or null at the end. A question that was already asked is not
 * opened again; a step that shows a question never asked is passed by.
 */
export function nextCursor(agenda: Agenda, rounds: Rounds, from: Cursor): Cursor | null {
  return walk(places(agenda), rounds, from, agenda);
}

/**
 * Where “back” leads, or null at the beginning. Never into an open round, and into another step
 * never behind a vote that was not held: a truth shown by accident would spoil its vote.
 */
export function previousCursor(agenda: Agenda, rounds: Rounds, from: Cursor): Cursor | null {
  const before = places(agenda).toReversed();
  const start = before.findIndex((place) => sameCursor(place, from));
  if (start < 0) return landing(agenda, rounds, from.step);
  const mayReturn = (place: Cursor) =>
    canRest(agenda, rounds, place) && (place.step === from.step || !spoils(agenda, rounds, place));
  return before.slice(start + 1).find(mayReturn) ?? null;
}

/**
 * Where a jump to a step lands: its first stage, or its last one when it asked its question already.
 * A step that shows another one's question begins at its beginning: it may not have been seen yet.
 */
export function landing(agenda: Agenda, rounds: Rounds, step: string): Cursor | null {
  const target = findStep(agenda, step);
  if (!target) return null;
  const cursors = target.stages
    .filter(({ aside }) => !aside)
    .map(({ id }): Cursor => ({ step, stage: id }));
  const rests = cursors.filter((cursor) => canRest(agenda, rounds, cursor));
  const asks = target.stages.some(({ round }) => round === 'opens');
  const held = asks && target.question !== null && rounds[target.question] === 'closed';
  return (held ? rests.at(-1) : rests[0]) ?? null;
}

function walk(all: readonly Cursor[], rounds: Rounds, from: Cursor, agenda: Agenda): Cursor | null {
  const start = all.findIndex((place) => sameCursor(place, from));
  if (start < 0) return afterAside(agenda, rounds, from);
  return all.slice(start + 1).find((place) => mayFollow(agenda, rounds, from, place)) ?? null;
}

function mayFollow(agenda: Agenda, rounds: Rounds, from: Cursor, place: Cursor): boolean {
  if (canRest(agenda, rounds, place)) return true;
  const stage = findStage(agenda, place);
  const question = findStep(agenda, place.step)?.question ?? '';
  const asked = rounds[question];
  if (stage?.round === 'opens') return asked === undefined && place.step === from.step;
  return stage?.round === 'closes' && asked === 'open' && place.step === from.step;
}

/** After a talk instead of the vote: what lies behind the vote has its turn, then the next step. */
function afterAside(agenda: Agenda, rounds: Rounds, from: Cursor): Cursor | null {
  const behind = behindVote(findStep(agenda, from.step))[0];
  if (behind) return { step: from.step, stage: behind.id };
  const position = agenda.findIndex(({ id }) => id === from.step);
  for (const step of agenda.slice(position + 1)) {
    const cursor = landing(agenda, rounds, step.id);
    if (cursor) return cursor;
  }
  return null;
}

function spoils(agenda: Agenda, rounds: Rounds, place: Cursor): boolean {
  const step = findStep(agenda, place.step);
  const held = rounds[step?.question ?? ''] === 'closed';
  return !held && behindVote(step).some(({ id }) => id === place.stage);
}

/** The stages after a step's last round stage: a truth, a tip. None where nothing is asked. */
function behindVote(step: AgendaStep | undefined): Stage[] {
  const stages = (step?.stages ?? []).filter(({ aside }) => !aside);
  const last = stages.findLastIndex(({ round }) => round !== undefined);
  return last < 0 ? [] : stages.slice(last + 1);
}

/** An agenda never changes, and the host's view asks for its places once per step of it. */
const known = new WeakMap<Agenda, readonly Cursor[]>();

function places(agenda: Agenda): readonly Cursor[] {
  const all = known.get(agenda) ?? listed(agenda);
  known.set(agenda, all);
  return all;
}

function listed(agenda: Agenda): Cursor[] {
  return agenda.flatMap((step) =>
    step.stages.filter(({ aside }) => !aside).map((stage) => ({ step: step.id, stage: stage.id })),
  );
}

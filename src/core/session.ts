/**
 * The session state machine. Pure: the clock is passed in, the store makes a change atomic by
 * comparing revisions. Commands name where they go from and to, so two hosts, a clicker and a
 * double press make one transition (R8).
 */
import {
  canRest,
  findStage,
  findStep,
  landing,
  sameCursor,
  type Agenda,
  type Cursor,
  type Rounds,
} from './agenda.ts';

export interface SessionState {
  /** Rises by one with every change. */
  revision: number;
  cursor: Cursor;
  rounds: Rounds;
  /** Group timer, or null. Milliseconds since 1970 on the server's clock. */
  timer: { endsAt: number; seconds: number } | null;
  /** When the room left the first step, and when it came to the present one; ms since 1970. */
  startedAt: number | null;
  stepSince: number;
  /** Whole seconds in each step that the room has been at and left, all visits together. */
  spent: Readonly<Record<string, number>>;
  /** Nobody new may join. */
  locked: boolean;
  /** What lies over the slide on the wall; phones keep the slide. Every move lifts it. */
  curtain: Curtain | null;
  /** Whole minutes that the facilitator gave to the plan, or took from it. */
  extra: number;
}

/** `black`: nothing to look at. `code`: the way in, as large as the wall. */
export type Curtain = 'black' | 'code';

/** The plan is not shifted by more than this, either way; minutes. */
export const MOST_EXTRA = 240;
/** The group timer's longest run; seconds. */
const LONGEST_TIMER = 3600;

export type Command =
  | { do: 'move'; from: Cursor; to: Cursor }
  /** Starts the group timer, or with 0 stops it. Whole seconds, at most an hour. */
  | { do: 'timer'; seconds: number }
  /** Gives the running (or just ended) timer more time, or takes some. `endsAt`: of the timer that is meant. */
  | { do: 'extend'; endsAt: number; seconds: number }
  /** Shifts the plan. Whole minutes, both counted from the plan as it was written. */
  | { do: 'plan'; from: number; to: number }
  /** `null` lifts it. */
  | { do: 'curtain'; curtain: Curtain | null }
  | { do: 'lock'; locked: boolean };

/** Why a command changed nothing. */
export type Refusal = 'moved-on' | 'no-such-place' | 'round-open' | 'asked-once' | 'not-closed';

/** What the transition does to a round, for the store to do in the same breath. */
export type Effect = { round: 'opens' | 'closes'; question: string };

export type Transition =
  | { result: 'changed'; state: SessionState; effect?: Effect }
  /** The same press again: already there, nothing to do. */
  | { result: 'unchanged' }
  | { result: 'refused'; reason: Refusal };

/**
 * The state of a new session: where its first step lands.
 * @param now milliseconds since 1970
 * @throws RangeError for an agenda whose first step needs a question that nobody was asked
 */
export function initialState(agenda: Agenda, now: number): SessionState {
  const cursor = landing(agenda, {}, agenda[0]?.id ?? '');
  if (!cursor) throw new RangeError('an agenda starts with a step that can be shown at once');
  return {
    revision: 1,
    cursor,
    rounds: {},
    timer: null,
    startedAt: null,
    stepSince: now,
    spent: {},
    locked: false,
    curtain: null,
    extra: 0,
  };
}

/** Applies one command. @param now milliseconds since 1970 */
export function apply(
  agenda: Agenda,
  state: SessionState,
  command: Command,
  now: number,
): Transition {
  switch (command.do) {
    case 'move':
      return move(agenda, state, command.from, command.to, now);
    case 'timer':
      if (command.seconds === 0 && state.timer === null) return { result: 'unchanged' };
      return changed(state, {
        timer:
          command.seconds > 0
            ? { endsAt: now + command.seconds * 1000, seconds: command.seconds }
            : null,
      });
    case 'extend':
      return extend(state, command.endsAt, command.seconds, now);
    case 'plan':
      if (command.to === state.extra) return { result: 'unchanged' };
      if (command.from !== state.extra) return refused('moved-on');
      return Math.abs(command.to) > MOST_EXTRA
        ? refused('no-such-place')
        : changed(state, { extra: command.to });
    case 'curtain':
      return command.curtain === state.curtain
        ? { result: 'unchanged' }
        : changed(state, { curtain: command.curtain });
    case 'lock':
      return command.locked === state.locked
        ? { result: 'unchanged' }
        : changed(state, { locked: command.locked });
  }
}

/** The question whose round is open, or null: at most one at a time. */
export function openQuestion(rounds: Rounds): string | null {
  return Object.keys(rounds).find((question) => rounds[question] === 'open') ?? null;
}

/** A minute more for a timer that has just ended counts from now; a minute less never ends before now. */
function extend(state: SessionState, endsAt: number, seconds: number, now: number): Transition {
  const { timer } = state;
  if (timer?.endsAt !== endsAt) return refused('moved-on');
  const left = Math.max(0, endsAt - now) + seconds * 1000;
  const ends = now + Math.min(Math.max(0, left), LONGEST_TIMER * 1000);
  if (ends === endsAt) return { result: 'unchanged' };
  const whole = Math.max(timer.seconds + seconds, Math.ceil((ends - now) / 1000));
  return changed(state, { timer: { endsAt: ends, seconds: Math.min(whole, LONGEST_TIMER) } });
}

function move(
  agenda: Agenda,
  state: SessionState,
  from: Cursor,
  to: Cursor,
  now: number,
): Transition {
  if (!sameCursor(from, state.cursor))
    return sameCursor(to, state.cursor) ? { result: 'unchanged' } : refused('moved-on');
  if (sameCursor(from, to)) return { result: 'unchanged' };
  const stage = findStage(agenda, to);
  if (!stage) return refused('no-such-place');
  const question = findStep(agenda, to.step)?.question ?? '';
  const open = openQuestion(state.rounds);
  if (open !== null) {
    if (stage.round !== 'closes' || question !== open) return refused('round-open');
    return arrive(agenda, state, to, now, { round: 'closes', question });
  }
  if (stage.round === 'opens') {
    if (state.rounds[question] !== undefined) return refused('asked-once');
    if (to.step !== from.step) return refused('no-such-place');
    return arrive(agenda, state, to, now, { round: 'opens', question });
  }
  if (!canRest(agenda, state.rounds, to)) return refused('not-closed');
  return arrive(agenda, state, to, now);
}

function arrive(
  agenda: Agenda,
  state: SessionState,
  to: Cursor,
  now: number,
  effect?: Effect,
): Transition {
  const newStep = to.step !== state.cursor.step;
  const rounds = effect
    ? { ...state.rounds, [effect.question]: effect.round === 'opens' ? 'open' : 'closed' }
    : state.rounds;
  const leftStart = newStep && state.cursor.step === agenda[0]?.id;
  return changed(
    state,
    {
      cursor: to,
      rounds: rounds as Rounds,
      timer: newStep ? null : state.timer,
      startedAt: state.startedAt ?? (leftStart ? now : null),
      stepSince: newStep ? now : state.stepSince,
      spent: newStep ? spentUntil(state, now) : state.spent,
      // What the facilitator goes on to is meant to be seen.
      curtain: null,
    },
    effect,
  );
}

/**
 * Whole seconds in each step so far, the present one included. @param now milliseconds since 1970;
 * a clock that was set back in between takes no time away
 */
export function spentUntil(
  { spent, cursor: { step }, stepSince }: SessionState,
  now: number,
): Record<string, number> {
  const here = Math.max(0, Math.round((now - stepSince) / 1000));
  return { ...spent, [step]: (spent[step] ?? 0) + here };
}

function changed(state: SessionState, change: Partial<SessionState>, effect?: Effect): Transition {
  const next = { ...state, ...change, revision: state.revision + 1 };
  return effect ? { result: 'changed', state: next, effect } : { result: 'changed', state: next };
}

function refused(reason: Refusal): Transition {
  return { result: 'refused', reason };
}

/**
 * A session played without sockets or a store: the real state machine, the real releases and the
 * real views, and of ballots only what the server keeps, the newest of each seat until the close.
 * What anybody receives is written down as it would be sent, in order (T1).
 */
import { landing, nextCursor, previousCursor, type Cursor } from '#core/agenda.ts';
import { POLICIES, type PolicyName } from '#core/disclosure.ts';
import { fits, publish, type Choice, type Release, type Round } from '#core/round.ts';
import { apply, initialState, openQuestion, type Command } from '#core/session.ts';
import { buildView } from '#server/views.ts';
import { AGENDA, ROUNDS, snapshotAt } from './workshop.ts';

/** One thing that happens. `seat` is an index, `places` how far along the agenda a jump goes. */
export type Happening =
  | { on: 'join' | 'leave'; seat: number }
  /** The seat sends a ballot for the open question, or for the last one asked when none is. */
  | { on: 'ballot'; seat: number }
  /** Time for the counts to be sent (DISC-6). */
  | { on: 'tick' }
  /** A second in which nothing happens. */
  | { on: 'wait' }
  | { on: 'next' | 'back' | 'talk' }
  | { on: 'jump'; places: number }
  | { on: 'timer'; seconds: number }
  | { on: 'lock'; locked: boolean };

export type Answering = (seat: number, question: string, nth: number) => Choice;

/** Which ballot of a seat counted: its how-manieth for that question, from 0. */
export type Counted = Map<string, Map<number, number>>;

export interface Played {
  /** Sent to everybody of an audience: `host {…}`, `screen {…}`, `participant {…}`, `tick {…}`. */
  frames: string[];
  /** Sent to one seat alone. */
  acks: string[][];
  releases: Map<string, Release>;
  counted: Counted;
}

const AUDIENCES = ['host', 'screen', 'participant'] as const;
const GRACE_NOW = 1_700_000_000_000;

export function play(
  happenings: readonly Happening[],
  answering: Answering,
  policy: PolicyName,
): Played {
  const played: Played = { frames: [], acks: [], releases: new Map(), counted: new Map() };
  const present = new Set<number>();
  const seats = new Set<number>();
  const sent = new Map<string, number>();
  let ballots = new Map<number, { nth: number; choice: Choice }>();
  let state = initialState(AGENDA, GRACE_NOW);
  let lastAsked: string | null = null;
  // Views between two ticks say the older number: a host who presses often learns no more (DISC-6).
  let answeredAtTick = 0;
  let now = GRACE_NOW;

  const counts = () => ({
    present: present.size,
    seats: seats.size,
    answered: openQuestion(state.rounds) === null ? null : answeredAtTick,
  });
  const broadcast = () => {
    const { releases } = played;
    const changed = { policy: POLICIES[policy], state, releases, counts: counts() };
    const snapshot = snapshotAt(GRACE_NOW, changed);
    for (const audience of AUDIENCES)
      played.frames.push(`${audience} ${JSON.stringify(buildView(audience, snapshot, now))}`);
  };
  const answer = (seat: number, reply: object) => {
    (played.acks[seat] ??= []).push(JSON.stringify(reply));
  };
  const settle = (question: string) => {
    const choices = [...ballots.values()].map(({ choice }) => choice);
    played.releases.set(question, publish(roundOf(question), choices, POLICIES[policy]));
    played.counted.set(question, new Map([...ballots].map(([seat, { nth }]) => [seat, nth])));
  };
  const command = (asked: Command) => {
    const done = apply(AGENDA, state, asked, now);
    if (done.result !== 'changed') return;
    state = done.state;
    if (done.effect?.round === 'opens') {
      lastAsked = done.effect.question;
      ballots = new Map();
      answeredAtTick = 0;
    } else if (done.effect) settle(done.effect.question);
    broadcast();
  };
  const move = (to: Cursor | null) => {
    if (to) command({ do: 'move', from: state.cursor, to });
  };
  const ballot = (seat: number) => {
    const question = openQuestion(state.rounds) ?? lastAsked;
    if (question === null || !seats.has(seat)) return;
    const nth = sent.get(`${seat} ${question}`) ?? 0;
    sent.set(`${seat} ${question}`, nth + 1);
    const choice = answering(seat, question, nth);
    if (!fits(roundOf(question), choice)) answer(seat, { ok: false, reason: 'malformed' });
    else if (state.rounds[question] !== 'open') answer(seat, { ok: false, reason: 'round-closed' });
    else {
      ballots.set(seat, { nth, choice });
      answer(seat, { ok: true, version: nth + 1 });
    }
  };

  for (const happening of happenings) {
    now += 1000;
    switch (happening.on) {
      case 'join':
        if (state.locked && !seats.has(happening.seat)) break;
        seats.add(happening.seat);
        present.add(happening.seat);
        break;
      case 'leave':
        present.delete(happening.seat);
        break;
      case 'ballot':
        ballot(happening.seat);
        break;
      case 'wait':
        break;
      case 'tick':
        answeredAtTick = ballots.size;
        played.frames.push(
          `tick ${JSON.stringify({ epoch: 'epoch', revision: state.revision, counts: counts() })}`,
        );
        break;
      case 'next':
        move(nextCursor(AGENDA, state.rounds, state.cursor));
        break;
      case 'back':
        move(previousCursor(AGENDA, state.rounds, state.cursor));
        break;
      case 'talk':
        move({ step: state.cursor.step, stage: 'talk' });
        break;
      case 'jump': {
        const target = AGENDA[happening.places % AGENDA.length];
        move(landing(AGENDA, state.rounds, target?.id ?? ''));
        break;
      }
      case 'timer':
        command({ do: 'timer', seconds: happening.seconds });
        break;
      case 'lock':
        command({ do: 'lock', locked: happening.locked });
        break;
    }
  }
  return played;
}

export function roundOf(question: string): Round {
  const round = ROUNDS.get(question);
  if (!round) throw new RangeError(`no round for ${question}`);
  return round;
}

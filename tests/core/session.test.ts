import { describe, expect, test } from 'vitest';
import type { Cursor, Rounds } from '#core/agenda.ts';
import {
  apply,
  initialState,
  openQuestion,
  type Command,
  spentUntil,
  type SessionState,
  type Transition,
} from '#core/session.ts';
import { at, plain, vote, workshop } from './agendas.ts';

const NOW = 1_700_000_000_000;
const start = initialState(workshop, NOW);

function standing(cursor: Cursor, rounds: Rounds = {}): SessionState {
  return { ...start, cursor, rounds };
}
function move(state: SessionState, to: Cursor, from: Cursor = state.cursor): Transition {
  return apply(workshop, state, { do: 'move', from, to }, NOW + 5000);
}
function after(transition: Transition): SessionState {
  if (transition.result !== 'changed') throw new Error(`${transition.result}, not changed`);
  return transition.state;
}
const refused = (reason: string) => ({ result: 'refused', reason });

describe('a new session', () => {
  test('stands at its first step, with nothing asked', () => {
    expect(start).toEqual({
      revision: 1,
      cursor: at('welcome', 'lobby'),
      rounds: {},
      timer: null,
      startedAt: null,
      stepSince: NOW,
      spent: {},
      locked: false,
      curtain: null,
      extra: 0,
    });
  });

  test('needs a first step that can be shown', () => {
    expect(() => initialState([], NOW)).toThrow(RangeError);
    expect(() => initialState([workshop[4]!], NOW)).toThrow(RangeError);
  });
});

describe('R8: one transition per press', () => {
  const pressed = after(move(start, at('myth', 'ask')));

  test('the second half of a double press changes nothing', () => {
    expect(move(pressed, at('myth', 'ask'), at('welcome', 'lobby'))).toEqual({
      result: 'unchanged',
    });
    expect(pressed.revision).toBe(start.revision + 1);
  });

  test('two hosts: the one who comes second with another wish is told that the room moved on', () => {
    expect(move(pressed, at('story', 'scene'), at('welcome', 'lobby'))).toEqual(
      refused('moved-on'),
    );
  });

  test('a double press on "open" and on "close" opens and closes once', () => {
    const asking = standing(at('myth', 'ask'));
    const opened = move(asking, at('myth', 'open'));
    expect(opened).toMatchObject({ effect: { round: 'opens', question: 'myth-question' } });
    expect(move(after(opened), at('myth', 'open'), at('myth', 'ask')).result).toBe('unchanged');
    const closed = move(after(opened), at('myth', 'closed'));
    expect(closed).toMatchObject({ effect: { round: 'closes', question: 'myth-question' } });
    expect(move(after(closed), at('myth', 'closed'), at('myth', 'open')).result).toBe('unchanged');
    expect(after(closed).rounds).toEqual({ 'myth-question': 'closed' });
  });

  test('lock and timer: asking for what already is changes nothing', () => {
    const locked = after(apply(workshop, start, { do: 'lock', locked: true }, NOW));
    expect(locked).toMatchObject({ locked: true, revision: 2 });
    const again: Command[] = [
      { do: 'lock', locked: true },
      { do: 'timer', seconds: 0 },
    ];
    for (const command of again)
      expect(apply(workshop, locked, command, NOW)).toEqual({ result: 'unchanged' });
  });
});

describe('an open round', () => {
  const open = standing(at('myth', 'open'), { 'myth-question': 'open' });

  test.each([
    ['another step', at('story', 'scene')],
    ['back to the question', at('myth', 'ask')],
    ['past the close', at('myth', 'shown')],
    ['the truth', at('myth', 'truth')],
    ['an aside', at('myth', 'talk')],
    ['another round', at('poll', 'open')],
    ['another close', at('poll', 'closed')],
  ])('is closed before the room goes to %s', (_, to) => {
    expect(move(open, to)).toEqual(refused('round-open'));
  });

  test('DISC-5: nothing is shown before the close, and no question is asked twice', () => {
    expect(move(standing(at('myth', 'ask')), at('myth', 'shown'))).toEqual(refused('not-closed'));
    expect(move(standing(at('myth', 'ask')), at('wall', 'shown'))).toEqual(refused('not-closed'));
    expect(move(standing(at('myth', 'ask')), at('myth', 'closed'))).toEqual(refused('not-closed'));
    const closed = standing(at('myth', 'shown'), { 'myth-question': 'closed' });
    expect(move(closed, at('myth', 'open'))).toEqual(refused('asked-once'));
    expect(move(closed, at('myth', 'closed')).result).toBe('changed');
  });

  test('is opened from its own step only, so nobody votes on what was not on the wall', () => {
    expect(move(start, at('myth', 'open'))).toEqual(refused('no-such-place'));
    expect(move(standing(at('myth', 'talk')), at('myth', 'open')).result).toBe('changed');
  });

  test('is the only one', () => {
    expect(openQuestion(open.rounds)).toBe('myth-question');
    expect(openQuestion({ 'myth-question': 'closed' })).toBeNull();
  });
});

describe('places', () => {
  test.each([at('nowhere', 'lobby'), at('myth', 'nothing')])('%o is no place', (to) => {
    expect(move(start, to)).toEqual(refused('no-such-place'));
  });

  test('to stay is no change', () => {
    expect(move(start, start.cursor)).toEqual({ result: 'unchanged' });
  });
});

describe('clocks', () => {
  test('the workshop starts when the room leaves the first step; each step has its own since', () => {
    const left = after(move(start, at('story', 'scene')));
    expect(left).toMatchObject({ startedAt: NOW + 5000, stepSince: NOW + 5000 });
    const within = apply(
      workshop,
      left,
      { do: 'move', from: left.cursor, to: at('story', 'move-1') },
      NOW + 9000,
    );
    expect(after(within)).toMatchObject({ startedAt: NOW + 5000, stepSince: NOW + 5000 });
    const back = after(move(left, at('welcome', 'lobby')));
    expect(after(move(back, at('story', 'scene'))).startedAt).toBe(NOW + 5000);
  });

  test('the seconds of a step are kept when the room leaves it, and go on when it comes back', () => {
    const go = (state: SessionState, to: Cursor, now: number) =>
      after(apply(workshop, state, { do: 'move', from: state.cursor, to }, now));
    const story = go(start, at('story', 'scene'), NOW + 61_400);
    expect(story.spent).toEqual({ welcome: 61 });
    const within = go(story, at('story', 'move-1'), NOW + 70_000);
    expect(within.spent).toEqual({ welcome: 61 });
    const back = go(within, at('welcome', 'lobby'), NOW + 161_400);
    expect(back.spent).toEqual({ welcome: 61, story: 100 });
    expect(spentUntil(back, NOW + 171_400)).toEqual({ welcome: 71, story: 100 });
    expect(back.spent).toEqual({ welcome: 61, story: 100 });
    expect(spentUntil(back, NOW)).toEqual(back.spent);
  });

  test('stages of the first step are no start yet', () => {
    const agenda = [plain('intro', 'one', 'two'), vote('poll')];
    const first = initialState(agenda, NOW);
    const two = apply(agenda, first, { do: 'move', from: first.cursor, to: at('intro', 'two') }, 9);
    expect(after(two).startedAt).toBeNull();
  });

  test('the group timer ends on the server clock, goes on within its step and stops with it', () => {
    const here = standing(at('story', 'scene'));
    const timed = after(apply(workshop, here, { do: 'timer', seconds: 90 }, NOW));
    expect(timed.timer).toEqual({ endsAt: NOW + 90_000, seconds: 90 });
    expect(after(move(timed, at('story', 'move-1'))).timer).toEqual(timed.timer);
    expect(after(move(timed, at('closing', 'end'))).timer).toBeNull();
    expect(after(apply(workshop, timed, { do: 'timer', seconds: 0 }, NOW)).timer).toBeNull();
  });
});

/** What a facilitator does beside moving on: the curtain over the wall, the plan, the timer. */
import { describe, expect, test } from 'vitest';
import {
  apply,
  initialState,
  MOST_EXTRA,
  type Command,
  type SessionState,
  type Transition,
} from '#core/session.ts';
import { at, workshop } from './agendas.ts';

const NOW = 1_700_000_000_000;
const start = initialState(workshop, NOW);

function press(state: SessionState, command: Command, now = NOW): Transition {
  return apply(workshop, state, command, now);
}
function after(transition: Transition): SessionState {
  if (transition.result !== 'changed') throw new Error(`${transition.result}, not changed`);
  return transition.state;
}
const refused = (reason: string) => ({ result: 'refused', reason });

describe('the curtain', () => {
  const black = after(press(start, { do: 'curtain', curtain: 'black' }));

  test('R8 two hosts who ask for the same get it once; the code takes the place of the black', () => {
    expect(black).toMatchObject({ curtain: 'black', revision: 2, cursor: start.cursor });
    expect(press(black, { do: 'curtain', curtain: 'black' })).toEqual({ result: 'unchanged' });
    const code = after(press(black, { do: 'curtain', curtain: 'code' }));
    expect(after(press(code, { do: 'curtain', curtain: null }))).toMatchObject({ curtain: null });
    expect(press(start, { do: 'curtain', curtain: null })).toEqual({ result: 'unchanged' });
  });

  test('is lifted by every move, and by none that is refused', () => {
    const asking = { ...black, cursor: at('myth', 'ask') };
    const to = (stage: string, step = 'myth'): Command => ({
      do: 'move',
      from: asking.cursor,
      to: at(step, stage),
    });
    expect(after(press(asking, to('open'))).curtain).toBeNull();
    expect(after(press(asking, to('scene', 'story'))).curtain).toBeNull();
    expect(after(press(asking, to('lobby', 'welcome'))).curtain).toBeNull();
    expect(press(asking, to('shown'))).toEqual(refused('not-closed'));
    expect(after(press(black, { do: 'timer', seconds: 60 })).curtain).toBe('black');
    expect(after(press(black, { do: 'lock', locked: true })).curtain).toBe('black');
  });
});

describe('the plan', () => {
  test('R8 two hosts who press +5 at once shift it once, a second press once more', () => {
    const five: Command = { do: 'plan', from: 0, to: 5 };
    const longer = after(press(start, five));
    expect(longer.extra).toBe(5);
    expect(press(longer, five)).toEqual({ result: 'unchanged' });
    expect(press(longer, { do: 'plan', from: 0, to: -1 })).toEqual(refused('moved-on'));
    expect(after(press(longer, { do: 'plan', from: 5, to: 4 })).extra).toBe(4);
    expect(press(start, { do: 'plan', from: 0, to: MOST_EXTRA + 1 })).toEqual(
      refused('no-such-place'),
    );
  });
});

describe('the group timer', () => {
  const minute = after(press(start, { do: 'timer', seconds: 60 }));
  const endsAt = NOW + 60_000;
  const extend = (state: SessionState, seconds: number, now: number, of = state.timer?.endsAt) =>
    press(state, { do: 'extend', endsAt: of ?? 0, seconds }, now);

  test('R8 a minute more is given once to the timer that was meant', () => {
    const longer = after(extend(minute, 60, NOW + 20_000));
    expect(longer.timer).toEqual({ endsAt: endsAt + 60_000, seconds: 120 });
    expect(extend(longer, 60, NOW + 20_000, endsAt)).toEqual(refused('moved-on'));
    expect(extend(start, 60, NOW)).toEqual(refused('moved-on'));
  });

  test('a minute less never ends before now; a minute after the end counts from now', () => {
    expect(after(extend(minute, -60, NOW + 20_000)).timer?.endsAt).toBe(NOW + 20_000);
    const late = after(extend(minute, 60, NOW + 90_000)).timer;
    expect(late).toEqual({ endsAt: NOW + 150_000, seconds: 120 });
    const whole = after(press(start, { do: 'timer', seconds: 3600 }));
    expect(extend(whole, 60, NOW)).toEqual({ result: 'unchanged' });
    expect(after(extend(whole, 60, NOW + 60_000)).timer).toEqual({
      endsAt: NOW + 60_000 + 3_600_000,
      seconds: 3600,
    });
  });

  test('ends with its step', () => {
    const on = press(minute, { do: 'move', from: start.cursor, to: at('myth', 'ask') });
    expect(after(on).timer).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import {
  clockText,
  paceOf,
  standingOf,
  wholeMinutes,
  type PlanPosition,
} from '../../../src/lib/host/pace.ts';

const MINUTE = 60_000;
const START = 1_700_000_000_000;
/** Lobby 5, then 4, 10 and 6 minutes: 20 from the start of the second step. */
const plan = { minutes: [5, 4, 10, 6], startedAt: START };
const at = (position: number, since: number, now: number): PlanPosition => ({
  ...plan,
  position,
  stepSince: START + since * MINUTE,
  now: START + now * MINUTE,
  extra: 0,
});

describe('ahead or behind', () => {
  test('in the lobby the clock waits, and the end moves with it', () => {
    const pace = paceOf({ ...at(0, -12, 0), startedAt: null });
    expect(standingOf(pace)).toBe('waiting');
    expect(pace.drift).toBeNull();
    expect(pace.endsAt).toBe(START + 20 * MINUTE);
    expect(pace.plannedEnd).toBeNull();
  });

  test('a step that has just begun at its time is on time, not ahead', () => {
    const pace = paceOf(at(2, 4, 4.5));
    expect(pace).toMatchObject({ elapsed: 0.5 * MINUTE, budget: 10 * MINUTE, drift: 0 });
    expect(standingOf(pace)).toBe('on-time');
    expect(pace.endsAt).toBe(START + 20 * MINUTE);
  });

  test('reached early: ahead by the minutes saved', () => {
    const pace = paceOf(at(3, 11, 12));
    expect(pace.drift).toBe(-3 * MINUTE);
    expect(standingOf(pace)).toBe('ahead');
    expect(pace.endsAt).toBe(START + 17 * MINUTE);
  });

  test('a step over its budget runs behind while it lasts', () => {
    expect(paceOf(at(2, 4, 14)).drift).toBe(0);
    const pace = paceOf(at(2, 4, 17));
    expect(pace.drift).toBe(3 * MINUTE);
    expect(standingOf(pace)).toBe('behind');
    expect(pace.endsAt).toBe(START + 23 * MINUTE);
  });

  test('five minutes more for the plan take five from what it is behind, and end it later', () => {
    const late = at(2, 4, 17);
    expect(paceOf(late).plannedEnd).toBe(START + 20 * MINUTE);
    const given = paceOf({ ...late, extra: 5 });
    expect(given).toMatchObject({ drift: -2 * MINUTE, plannedEnd: START + 25 * MINUTE });
    expect(given.endsAt).toBe(START + 23 * MINUTE);
    expect(paceOf({ ...late, extra: -1 }).drift).toBe(4 * MINUTE);
  });

  test('less than a minute either way is on time', () => {
    expect(standingOf({ drift: MINUTE - 1 })).toBe('on-time');
    expect(standingOf({ drift: -MINUTE + 1 })).toBe('on-time');
    expect(standingOf({ drift: MINUTE })).toBe('behind');
    expect(standingOf({ drift: -MINUTE })).toBe('ahead');
  });

  test('a clock that runs before the server’s shows no negative time', () => {
    expect(paceOf(at(1, 0, -0.2)).elapsed).toBe(0);
  });
});

describe('times as people read them', () => {
  test.each([
    [0, '0:00'],
    [999, '0:00'],
    [65_000, '1:05'],
    [3_725_000, '62:05'],
    [-5000, '0:00'],
  ])('%d ms reads %s', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });

  test('minutes are whole and never nothing', () => {
    expect([wholeMinutes(60_000), wholeMinutes(-179_000), wholeMinutes(20_000)]).toEqual([1, 3, 1]);
  });
});

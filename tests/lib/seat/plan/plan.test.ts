import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isDay, longDay, onWeekday, weekdays } from '$lib/seat/plan/days';
import { auditOf, daysOf, moveStart, newPlan, turnTo, type Plan } from '$lib/seat/plan/plan';
import { commitmentOf, summaryOf } from '$lib/seat/plan/summary';
import { workbook } from '../../export/summaries.ts';

const TODAY = '2026-11-23';
const plan = (changes: Partial<Plan> = {}): Plan => ({ ...newPlan('x'), ...changes });

describe('days', () => {
  test('a day is one that exists', () => {
    expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-1-1', '', 'soon'].map(isDay)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('counting crosses months, years and the change of the clocks', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });

  test('a weekday: the day itself, or the next one', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((weekday) => onWeekday(TODAY, weekday))).toEqual([
      '2026-11-29',
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
    ]);
    expect(weekdays('en')[5]).toBe('Friday');
    expect(longDay('2026-11-27', 'en')).toMatch(/^Friday,? 27 November 2026$/);
  });
});

describe('a plan', () => {
  test('the first look at the dates finds the coming Monday and the workshop’s length of a trial', () => {
    expect(turnTo(plan(), 'dates', TODAY, 6)).toMatchObject({
      start: '2026-11-30',
      review: '2027-01-11',
    });
    expect(turnTo(plan(), 'commitment', TODAY, 6)).toMatchObject({ start: '', review: '' });
    expect(turnTo(plan({ start: '2026-12-01' }), 'dates', TODAY, 6)).toMatchObject({
      start: '2026-12-01',
      review: '',
    });
  });

  test('moving the start keeps the length; a start that is removed leaves the rest', () => {
    const dated = plan({ start: '2026-11-30', review: '2027-01-11' });
    expect(moveStart(dated, '2026-12-07')).toMatchObject({ review: '2027-01-18' });
    expect(moveStart(dated, '')).toMatchObject({ start: '', review: '2027-01-11' });
  });

  test('looking back before the start does not count', () => {
    const dated = plan({ start: '2026-11-30', review: '2026-11-30' });
    expect(daysOf(dated)).toEqual({ start: '2026-11-30', half: null, review: null, audit: null });
  });

  test('halfway lies on a week of its own, from two weeks on', () => {
    const half = (review: string) => daysOf(plan({ start: '2026-11-30', review })).half;
    expect(half('2027-01-11')).toBe('2026-12-21');
    expect(half('2026-12-14')).toBe('2026-12-07');
    expect(half('2026-12-13')).toBeNull();
  });

  test('an audit begins with the trial and looks back on Fridays, as long as it was chosen', () => {
    const audit = auditOf(plan({ start: '2026-12-02' }), 5, TODAY);
    expect(audit).toEqual({ from: '2026-12-02', weekday: 5, weeks: 5 });
    expect(daysOf(plan({ audit })).audit).toEqual({
      first: '2026-12-04',
      last: '2027-01-01',
      weeks: 5,
    });
    const moved = plan({ audit: { ...audit, weekday: 2 } });
    expect(auditOf(moved, 4, TODAY)).toEqual({ from: '2026-12-02', weekday: 2, weeks: 4 });
    expect(auditOf(plan(), 4, TODAY).from).toBe('2026-11-30');
  });
});

describe('its summary', () => {
  test('null while it says nothing', () => {
    expect(summaryOf(null, null)).toBeNull();
    expect(summaryOf(plan({ when: ' ', trial: { pole: null, text: '' } }), null)).toBeNull();
  });

  test('a trial of the workshop brings its signal along, one’s own words do not', () => {
    const of = (pole: 0 | 1 | null) =>
      summaryOf(plan({ trial: { pole, text: 'x' } }), workbook.guide);
    expect(of(1)).toMatchObject({ pole: 1, signal: workbook.guide?.signals[1] });
    expect(of(null)).toMatchObject({ pole: null, signal: null });
  });

  test.each([
    ['it rains,', 'stay in.', 'If it rains, then I will stay in.'],
    [null, 'stay in', 'stay in'],
    ['it rains', null, 'it rains'],
    [null, null, null],
  ])('if %j then %j', (when, then, said) => {
    expect(commitmentOf({ if: when, then })).toBe(said);
  });
});

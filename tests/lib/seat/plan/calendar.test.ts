import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { toCalendar } from '$lib/seat/plan/calendar';
import { newPlan, type Plan } from '$lib/seat/plan/plan';
import { workbook } from '../../export/summaries.ts';

const guide = workbook.guide;
const NOW = new Date('2026-11-23T18:30:00Z');
const PLAN: Plan = {
  ...newPlan('Zq8x'),
  issue: 3,
  phase: 'made',
  trial: { pole: 0, text: 'Lead an RFC, across teams; “problem”\\options' },
  when: 'planning slips,',
  then: 'sit down with two people.\nToday; not tomorrow',
  start: '2026-11-30',
  review: '2027-01-11',
  audit: { weeks: 5, from: '2026-12-02', weekday: 5 },
};

const written = (plan: Plan = PLAN) => toCalendar(plan, guide, 'en', NOW);

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return new Map(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return [event.uid.replace(/^.*-(\w+)@.*$/, '$1'), { event, component }] as const;
    }),
  );
}

describe('toCalendar', () => {
  test('start, halfway, look back, weekly audit and its reading: whole days, in no time zone', () => {
    const events = read(written());
    expect([...events].map(([name, { event }]) => [name, event.startDate.toString()])).toEqual([
      ['start', '2026-11-30'],
      ['half', '2026-12-21'],
      ['review', '2027-01-11'],
      ['audit', '2026-12-04'],
      ['shares', '2027-01-01'],
    ]);
    for (const { event } of events.values()) {
      expect(event.startDate.isDate).toBe(true);
      expect(event.duration.toString()).toBe('P1D');
      expect(event.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    }
    expect(written()).not.toMatch(/TZID|VTIMEZONE|DTSTART[^\r]*Z\r/);
  });

  test('the audit comes back every Friday, as often as it has weeks', () => {
    const { event } = read(written()).get('audit')!;
    const days = event.iterator();
    const found = Array.from({ length: 6 }, () => days.next() as ICAL.Time | undefined);
    expect(found.map((day) => day?.toString())).toEqual([
      '2026-12-04',
      '2026-12-11',
      '2026-12-18',
      '2026-12-25',
      '2027-01-01',
      undefined,
    ]);
  });

  test('commas, semicolons, backslashes, quotes and line breaks come back as they were typed', () => {
    const { event } = read(written()).get('start')!;
    expect(event.summary).toBe(`Start: ${PLAN.trial?.text}`);
    expect(event.description).toContain(
      'If planning slips, then I will sit down with two people.\nToday; not tomorrow.',
    );
    expect(event.description).toContain(guide?.signals[0]);
  });

  test('CRLF throughout, no line above 75 octets, none inside a character', () => {
    const text = written({ ...PLAN, when: 'ü'.repeat(80), then: '👩‍💻'.repeat(30) });
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
    expect(Math.max(...lines)).toBeLessThanOrEqual(75);
    const { event } = read(text).get('start')!;
    expect(event.description).toContain(`If ${'ü'.repeat(80)}, then I will ${'👩‍💻'.repeat(30)}.`);
  });

  test('a later file has the same ids and a higher sequence: entries move, none is added', () => {
    const [first, later] = [
      read(written()),
      read(written({ ...PLAN, issue: 4, start: '2026-12-07' })),
    ];
    expect([...later.values()].map(({ event }) => event.uid)).toEqual(
      [...first.values()].map(({ event }) => event.uid),
    );
    expect([...first.values()].map(({ event }) => event.sequence)).toEqual([3, 3, 3, 3, 3]);
    expect(later.get('start')?.event.sequence).toBe(4);
    expect(new Set([...first.values()].map(({ event }) => event.uid)).size).toBe(5);
  });

  test('each entry reminds at nine of its own day', () => {
    for (const { component } of read(written()).values()) {
      const [alarm] = component.getAllSubcomponents('valarm');
      expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY');
      const trigger = alarm?.getFirstProperty('trigger');
      expect(String(trigger?.getFirstValue())).toBe('PT9H');
      expect(trigger?.getParameter('related') ?? 'START').toBe('START');
    }
  });

  test('what was not planned is not there; without a workbook the days stay', () => {
    const { audit: _, ...rest } = PLAN;
    const bare = { ...rest, audit: null, review: '', trial: null, when: '', then: '' };
    const events = read(toCalendar(bare, null, 'en', NOW));
    expect([...events.keys()]).toEqual(['start']);
    expect(events.get('start')?.event.summary).toBe('Start: my trial');
  });
});

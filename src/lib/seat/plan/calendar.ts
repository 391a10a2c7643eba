/**
 * A plan's dates as a calendar file (RFC 5545), made on this device and loaded only when asked for.
 * All entries last a day and have no time zone: a Friday stays a Friday wherever the calendar is.
 */
import ical, {
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalEventRepeatingFreq,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator';
import { m } from '$lib/i18n/paraglide/messages';
import { download } from '$lib/export/download.ts';
import { localeOf } from '$lib/i18n/locale.ts';
import type { Guide } from '#protocol/workbook.ts';
import { addDays } from './days.ts';
import { daysOf, type Plan } from './plan.ts';
import { commitmentOf, summaryOf } from './summary.ts';

/** Seconds from midnight: nine in the morning of the day itself. */
const REMIND_AT = 9 * 3600;

/** Offers the file to the browser's downloads. */
export function saveCalendarFile(plan: Plan, guide: Guide | null, language: string): void {
  const text = toCalendar(plan, guide, language, new Date());
  download(
    `crossroads-plan-${daysOf(plan).start ?? 'audit'}.ics`,
    text,
    'text/calendar;charset=utf-8',
  );
}

/**
 * @param language of the words: the workshop's
 * @param now the moment the file was made
 * @returns one entry for each day of the plan, and one that repeats for the audit's weeks; the same
 *   ids for the same plan, and a sequence that rises with `plan.issue`
 */
export function toCalendar(
  plan: Plan,
  guide: Pick<Guide, 'signals' | 'audit'> | null,
  language: string,
  now: Date,
): string {
  const locale = { locale: localeOf(language) };
  const { start, half, review, audit } = daysOf(plan);
  const summary = summaryOf(plan, guide);
  const trial = summary?.trial ?? m.calendar_trial({}, locale);
  const about = [
    summary && commitmentOf(summary, locale.locale),
    summary?.signal ?? null,
    m.calendar_private({}, locale),
  ];
  const entry = (name: string, day: string, summary: string, lines: readonly (string | null)[]) =>
    ({
      id: `${plan.id}-${name}@crossroads`,
      sequence: plan.issue,
      stamp: now,
      allDay: true,
      start: at(day),
      end: at(addDays(day, 1)),
      summary,
      description: lines.filter((text) => text !== null).join('\n\n'),
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: [
        {
          type: ICalAlarmType.display,
          triggerAfter: REMIND_AT,
          description: summary,
        },
      ],
    }) satisfies ICalEventData;
  const events: ICalEventData[] = [];
  if (start) events.push(entry('start', start, m.calendar_start({ trial }, locale), about));
  if (half) events.push(entry('half', half, m.calendar_half({ trial }, locale), about));
  if (review) events.push(entry('review', review, m.calendar_review({ trial }, locale), about));
  if (audit)
    events.push({
      ...entry('audit', audit.first, m.calendar_audit({}, locale), [
        guide?.audit.about ?? null,
        ...(guide ? [guide.audit.activities.map(({ name }) => `– ${name}`).join('\n')] : []),
        m.calendar_private({}, locale),
      ]),
      repeating: { freq: ICalEventRepeatingFreq.WEEKLY, count: audit.weeks },
    });
  if (audit)
    events.push(
      entry('shares', audit.last, m.calendar_shares({}, locale), guide?.audit.reading ?? []),
    );
  const calendar = ical({
    prodId: { company: 'Crossroads', product: 'Plan', language: language.toUpperCase() },
    name: m.calendar_name({}, locale),
    events,
  });
  // The generator would count from the end of the day, and takes no other word among the fields above.
  const alarms = calendar.events().flatMap((event) => event.alarms());
  for (const alarm of alarms) alarm.relatesTo(ICalAlarmRelatesTo.start);
  return calendar.toString();
}

/** The generator reads a whole day's date from the parts of UTC. */
function at(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

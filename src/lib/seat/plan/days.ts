/** Days as people mean them: `2026-11-23`, without a time and a time zone. */

const DAY_MS = 86_400_000;

/** A day that exists: 30 February is none. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(+day) && isoOf(day) === text;
}

/** @param days may be negative */
export function addDays(day: string, days: number): string {
  return isoOf(new Date(timeOf(day) + days * DAY_MS));
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((timeOf(to) - timeOf(from)) / DAY_MS);
}

/** The first day with this weekday, `from` included. @param weekday 0 Sunday to 6 Saturday */
export function onWeekday(from: string, weekday: number): string {
  const ahead = (weekday - new Date(timeOf(from)).getUTCDay() + 7) % 7;
  return addDays(from, ahead);
}

/** “Monday, 30 November 2026” in a language; `en` means British English, as everywhere here. */
export function longDay(day: string, language: string): string {
  return format(day, language, { dateStyle: 'full' });
}

/** “4 Dec” in a language. */
export function shortDay(day: string, language: string): string {
  return format(day, language, { day: 'numeric', month: 'short' });
}

/** The names of the weekdays in a language, from Sunday. */
export function weekdays(language: string): string[] {
  // 1 November 2026 is a Sunday.
  return Array.from({ length: 7 }, (_, index) =>
    format(addDays('2026-11-01', index), language, { weekday: 'long' }),
  );
}

function format(day: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const spoken = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(spoken, { ...options, timeZone: 'UTC' }).format(timeOf(day));
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function isoOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

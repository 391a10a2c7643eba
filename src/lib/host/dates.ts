/** Moments and numbers as people write them: the interface's language, this device's region and time zone. */
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** @param time ms since 1970, or an ISO time */
export function dayAndTime(time: number | string): string {
  return new Intl.DateTimeFormat(regional(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(time));
}

/** With the year, for what is kept. @param time ms since 1970 */
export function longDayAndTime(time: number): string {
  const style = { dateStyle: 'long', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(regional(), style).format(time);
}

/** @param time ms since 1970 */
export function timeOfDay(time: number): string {
  return new Intl.DateTimeFormat(regional(), { hour: 'numeric', minute: '2-digit' }).format(time);
}

/** `4.5`, or `4,5` where people write that. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(regional()).format(value);
}

/** `en-GB` reads 17:16 where plain `en` reads 05:16 PM. */
function regional(): string {
  const language = getLocale();
  const here = navigator.languages.find((tag) => tag.split('-')[0] === language);
  return here ?? (language === 'en' ? 'en-GB' : language);
}

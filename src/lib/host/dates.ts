/** Moments as people write them, in the interface's language and this device's time zone. */
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** @param time ms since 1970, or an ISO time */
export function dayAndTime(time: number | string): string {
  return new Intl.DateTimeFormat(getLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(time));
}

/** @param time ms since 1970 */
export function timeOfDay(time: number): string {
  return new Intl.DateTimeFormat(getLocale(), { hour: '2-digit', minute: '2-digit' }).format(time);
}

/** The interface's words for what a workshop says in its own language. */
import { getLocale, toLocale, type Locale } from '$lib/i18n/paraglide/runtime';

/** @param language of a workshop: `en`, `de-CH`. Falls back to the interface's where it has no texts yet. */
export function localeOf(language: string): Locale {
  return toLocale(language) ?? toLocale(language.split('-')[0]) ?? getLocale();
}

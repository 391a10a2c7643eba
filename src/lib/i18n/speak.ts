import { fetchTexts } from 'virtual:texts';
import { localeOf } from './locale.ts';
import { overwriteGetLocale, type Locale } from './paraglide/runtime';

/**
 * From here on this page speaks a session's language, whatever the browser speaks: a wall is read by
 * the whole room. Texts that are already shown stay as they are.
 *
 * @param language of the session's workshop: `en`, `de-CH`; without texts: the page's own stays
 * @returns what is spoken now. Rejects when its texts cannot be fetched.
 */
export async function speak(language: string): Promise<Locale> {
  const locale = localeOf(language);
  await fetchTexts(locale, true);
  overwriteGetLocale(() => locale);
  document.documentElement.lang = locale;
  return locale;
}

/** A built page fetches its texts: those of one language, and on a phone the later ones later. */
import { fetchTexts } from 'virtual:texts';
import { getLocale, type Locale } from './paraglide/runtime';

/** A part that is fetched on its own, with all the texts it may say. Rejects when either is missing. */
export async function withTexts<Part>(
  part: Promise<Part>,
  locale: Locale = getLocale(),
): Promise<Part> {
  const [fetched] = await Promise.all([part, fetchTexts(locale, true)]);
  return fetched;
}

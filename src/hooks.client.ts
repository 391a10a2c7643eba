/**
 * Where a browser forbids storage, naming `localStorage` throws, and every text asks it for the
 * language: without this the page would stay blank. Then the browser's own language decides.
 */
import {
  baseLocale,
  extractLocaleFromNavigator,
  getLocale,
  overwriteGetLocale,
} from '$lib/i18n/paraglide/runtime';

try {
  getLocale();
} catch {
  const locale = extractLocaleFromNavigator() ?? baseLocale;
  overwriteGetLocale(() => locale);
}

// For screen readers, hyphenation and quotation marks.
document.documentElement.lang = getLocale();

/** Made by languages.config.ts. */
declare module 'virtual:texts' {
  import type { Locale } from '$lib/i18n/paraglide/runtime';

  /** @param all: also what a phone needs only after its answer. Rejects when they cannot be fetched. */
  export function fetchTexts(locale: Locale, all: boolean): Promise<void>;
}

import { fetchTexts } from 'virtual:texts';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { LayoutLoad } from './$types';

// The faces live in the browser: they need the room's socket and this device's own storage, and
// the server must never render anything that belongs to one seat.
export const ssr = false;
export const prerender = false;

/** No page without its texts; a phone's later ones come with its later parts (`withTexts`). */
export const load: LayoutLoad = async ({ url }) => {
  await fetchTexts(getLocale(), !url.pathname.startsWith('/join/'));
};

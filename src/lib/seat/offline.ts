/** Asks the service worker to keep what this page has loaded. On plain http there is none: then nothing happens. */
import { fetchTexts } from 'virtual:texts';
import { dev, version } from '$app/environment';
import { preloadCode } from '$app/navigation';
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** Of each the worker keeps the shell: without its scripts it would open white. */
const PAGES = ['/join', '/join/code', '/privacy', '/solo'];

/** Rejects when something of it could not be fetched: then nothing is kept. */
export async function keepThisPage(): Promise<void> {
  if (dev || !('serviceWorker' in navigator)) return;
  await Promise.all([...PAGES.map((path) => preloadCode(path)), fetchTexts(getLocale(), true)]);
  await navigator.serviceWorker.register('/service-worker.js');
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  active?.postMessage({ keep: loaded, of: version });
}

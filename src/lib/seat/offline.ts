/** Asks the service worker to keep what this page has loaded. On plain http there is none: then nothing happens. */
import { dev, version } from '$app/environment';

export async function keepThisPage(): Promise<void> {
  if (dev || !('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js');
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  active?.postMessage({ keep: loaded, of: version });
}

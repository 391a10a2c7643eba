import { fetchOwnParts } from '$lib/seat/assessment/own-result.ts';

/**
 * All that a run may ask for, fetched as it begins: from here on it needs no network. Quiet when that fails.
 *
 * @param language of the workshop: its files speak it too
 */
export async function prepareRun(language: string): Promise<void> {
  await fetchOwnParts(language).catch(() => undefined);
  await keepPage();
}

/** For a reload without network. A browser that refuses is as one without a service worker. */
export async function keepPage(): Promise<void> {
  try {
    await (await import('$lib/seat/offline.ts')).keepThisPage();
  } catch {
    // A private window, a full phone: the page in memory goes on.
  }
}

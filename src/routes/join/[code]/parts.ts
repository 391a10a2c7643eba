/**
 * The parts of this page that nobody waits for: fetched when they are opened, and all of them once
 * there is time, so that a phone that loses network or server afterwards still has them.
 */
import { fetchFaces } from '#slides/participants.ts';
import { withTexts } from '$lib/i18n/with-texts.ts';
import { fetchChart } from '$lib/seat/chart.ts';
import { fetchOwnParts } from '$lib/seat/assessment/own-result.ts';
import type { Seat } from '$lib/seat/seat.svelte.ts';

export const fetchMine = () => withTexts(import('./Mine.svelte'));
export const fetchEnded = () => withTexts(import('./Ended.svelte'));
const fetchSmallPrint = () => withTexts(import('./SmallPrint.svelte'));

/** Quiet when it fails: whoever opens a part is told then. */
export async function fetchTheRest(seat: Seat): Promise<void> {
  const parts = [fetchFaces, fetchChart, fetchMine, fetchEnded, fetchSmallPrint];
  await Promise.allSettled([
    ...parts.map((fetchPart) => fetchPart()),
    fetchOwnParts(seat.record?.language ?? ''),
    fetchOwnWorkbook(seat),
  ]);
  await keepPage();
}

async function fetchOwnWorkbook({ record, storage }: Seat): Promise<void> {
  if (!record?.workshop) return;
  const { fetchWorkbook, keptWorkbook } = await import('$lib/seat/workbook.ts');
  const { workshop, language } = record;
  if (!keptWorkbook(storage, workshop, language)) await fetchWorkbook(storage, workshop, language);
}

/** For a reload without network. A browser that refuses is as one without a service worker. */
export async function keepPage(): Promise<void> {
  try {
    await (await import('$lib/seat/offline.ts')).keepThisPage();
  } catch {
    // A private window, a full phone: the page in memory goes on.
  }
}

/**
 * The parts of this page that nobody waits for: fetched all at once at leisure, so that a phone that
 * loses network or server afterwards still has them, and its taps ask nobody (DISC-6).
 */
import { fetchFaces } from '#slides/participants.ts';
import { withTexts } from '$lib/i18n/with-texts.ts';
import { fetchOwnParts } from '$lib/seat/assessment/own-result.ts';
import { fetchChart } from '$lib/seat/chart.ts';
import { atLeisure } from '$lib/seat/leisure.ts';
import type { Seat } from '$lib/seat/seat.svelte.ts';

const importMine = () => withTexts(import('./Mine.svelte'));
export const fetchMine = () => atLeisure().then(importMine);
export const fetchEnded = () => withTexts(import('./Ended.svelte'));
const fetchSmallPrint = () => withTexts(import('./SmallPrint.svelte'));

/** @throws when something of it could not be fetched: whoever opens that part is told then */
export async function fetchTheRest(seat: Seat): Promise<void> {
  const parts = [fetchFaces, fetchChart, importMine, fetchEnded, fetchSmallPrint];
  await Promise.all([
    ...parts.map((fetchPart) => fetchPart()),
    fetchOwnParts(seat.record?.language ?? ''),
    fetchOwnWorkbook(seat),
  ]);
}

/** Quiet when it fails: it is asked for again when it is needed. */
export async function fetchOwnWorkbook({ record, storage }: Seat): Promise<void> {
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

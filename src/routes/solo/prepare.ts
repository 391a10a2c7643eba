import { fetchOwnResult } from '$lib/seat/assessment/own-result.ts';

/** All that a run may ask for, fetched as it begins: from here on it needs no network. Quiet when that fails. */
export async function prepareRun(): Promise<void> {
  await Promise.allSettled([
    fetchOwnResult(),
    import('$lib/export/index.ts').then(({ prepareExports }) => prepareExports()),
    import('$lib/export/SummarySheet.svelte'),
    import('$lib/seat/plan/calendar.ts'),
    import('$lib/seat/plan/AuditSheet.svelte'),
  ]);
}

import { localeOf } from '$lib/i18n/locale.ts';
import { withTexts } from '$lib/i18n/with-texts.ts';

/** The own result is wanted only after the twelfth answer: fetched then. */
export const fetchOwnResult = () => withTexts(import('./OwnResult.svelte'));

/**
 * All that result, plan and exports may ask for, so that nothing is requested at their taps. Quiet when it fails.
 *
 * @param language of the workshop: its files speak it too
 */
export async function fetchOwnParts(language: string): Promise<void> {
  await Promise.allSettled([
    fetchOwnResult(),
    import('$lib/export/index.ts').then(({ prepareExports }) => prepareExports()),
    withTexts(import('$lib/export/SummarySheet.svelte'), localeOf(language)),
    withTexts(import('$lib/seat/plan/calendar.ts')),
    withTexts(import('$lib/seat/plan/AuditSheet.svelte')),
  ]);
}

import { localeOf } from '$lib/i18n/locale.ts';
import { withTexts } from '$lib/i18n/with-texts.ts';
import { atLeisure } from '../leisure.ts';

const importOwnResult = () => withTexts(import('./OwnResult.svelte'));

/** The own result is wanted only after the twelfth answer. In a room it never comes at that very tap (DISC-6). */
export const fetchOwnResult = () => atLeisure().then(importOwnResult);

/**
 * All that result, plan and exports may ask for, so that nothing is requested at their taps.
 *
 * @param language of the workshop: its files speak it too
 * @throws when something of it could not be fetched
 */
export async function fetchOwnParts(language: string): Promise<void> {
  await Promise.all([
    importOwnResult(),
    import('$lib/export/index.ts').then(({ prepareExports }) => prepareExports()),
    withTexts(import('$lib/export/SummarySheet.svelte'), localeOf(language)),
    withTexts(import('$lib/seat/plan/calendar.ts')),
    withTexts(import('$lib/seat/plan/AuditSheet.svelte')),
  ]);
}

import { withTexts } from '$lib/i18n/with-texts.ts';

/** The own result is wanted only after the twelfth answer: fetched then. */
export const fetchOwnResult = () => withTexts(import('./OwnResult.svelte'));

import { withTexts } from '$lib/i18n/with-texts.ts';

/** A chart is drawn only after a round: fetched then. */
export const fetchChart = () => withTexts(import('$lib/ui/charts/OutcomeChart.svelte'));

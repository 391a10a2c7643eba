/** A chart is drawn only after a round: fetched then. */
export const fetchChart = () => import('$lib/ui/charts/OutcomeChart.svelte');

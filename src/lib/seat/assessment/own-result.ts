/** The own result is wanted only after the twelfth answer: fetched then. */
export const fetchOwnResult = () => import('./OwnResult.svelte');

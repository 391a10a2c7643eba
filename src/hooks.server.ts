import type { HandleServerError } from '@sveltejs/kit';

/** SvelteKit's own would print the path of every page that is not there, and a path may hold a room's code (S8). */
export const handleError: HandleServerError = ({ message }) => ({ message });

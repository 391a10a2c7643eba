<<<<<<< ours
import type { HandleServerError } from '@sveltejs/kit';

/** SvelteKit's own would print the path of every page that is not there, and a path may hold a room's code (S8). */
export const handleError: HandleServerError = ({ message }) => ({ message });
=======
/** SvelteKit would print every address that leads nowhere, with whatever somebody typed there (S8). */
import type { HandleServerError } from '@sveltejs/kit';

export const handleError: HandleServerError = ({ error, status, message }) => {
  if (status !== 404)
    console.error(`a page failed: ${error instanceof Error ? error.name : 'no error'}`);
  return { message };
};
>>>>>>> theirs

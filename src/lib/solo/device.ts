/** One storage for all of the solo page, so that a browser that keeps nothing still knows it all until the page closes. */
import { phoneStorage } from '$lib/seat/storage.ts';

export const device = phoneStorage();

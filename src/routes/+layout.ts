// The faces live in the browser: they need the room's socket and this device's own storage, and
// the server must never render anything that belongs to one seat.
export const ssr = false;
export const prerender = false;

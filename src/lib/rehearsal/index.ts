/**
 * A rehearsal's simulated people, loaded only where a rehearsal runs. They refuse to enter anything
 * else: the server, not this page, says what is a rehearsal.
 */
export { Cast } from './cast.svelte.ts';

// SvelteKit's own hooks for types; see https://svelte.dev/docs/kit/types#app
declare global {
  namespace App {}
}

export {};

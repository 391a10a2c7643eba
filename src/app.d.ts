import type { Phase } from '$lib/seat/record.ts';

// SvelteKit's own hooks for types; see https://svelte.dev/docs/kit/types#app
declare global {
  namespace App {
    /** A view of the assessment in the browser's history, so that its back button turns one page back. */
    interface PageState {
      assessment?: { question: string; phase: Phase; at: number };
    }
  }

  /** The look at a room that app.html began. null: no answer came. */
  var askedRoom: { address: string; reply: Promise<Response | null> } | undefined;
}

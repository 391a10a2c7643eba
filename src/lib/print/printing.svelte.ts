/** Which sheet is on paper: one at a time, so that nobody prints two by asking for one. */
import { tick } from 'svelte';

class Printing {
  #sheet = $state<string | null>(null);

  /** The id of the sheet that was asked for last; it stays, because phones print after the call is over. */
  get sheet(): string | null {
    return this.#sheet;
  }

  /** Puts a sheet on paper and opens the browser's own dialogue. */
  async print(sheet: string): Promise<void> {
    this.#sheet = sheet;
    await tick();
    window.print();
  }
}

export const printing = new Printing();

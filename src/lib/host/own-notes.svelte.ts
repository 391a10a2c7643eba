/** The facilitator's own notes on a session: kept in this browser only, never sent anywhere. */

import { watchStorage } from '$lib/seat/storage.ts';

const PREFIX = 'crossroads.notes.';

type Store = Pick<Storage, 'getItem' | 'setItem'> & Partial<Pick<Storage, 'removeItem'>>;

export class OwnNotes {
  readonly #store: Store;
  readonly #code: string;
  #text = $state('');
  #kept = $state(true);
  #saved = $state('');

  /** @param code of the room */
  constructor(store: Store, code: string) {
    this.#store = store;
    this.#code = code;
    this.#text = store.getItem(PREFIX + code) ?? '';
  }

  get text(): string {
    return this.#text;
  }
  /** False: this browser keeps nothing, and a reload would lose them. */
  get kept(): boolean {
    return this.#kept;
  }

  write(text: string): void {
    this.#text = text;
    try {
      this.#store.setItem(PREFIX + this.#code, text);
      this.#kept = true;
    } catch {
      this.#kept = false;
    }
  }

  /** Another tab of this browser has written: its text is the newest. Forgotten there, it stays here. */
  reread(): void {
    this.#text = this.#store.getItem(PREFIX + this.#code) ?? this.#text;
  }

  /** They are in a file now, as they stand. */
  saved(): void {
    this.#saved = this.#text;
  }
  /** False: forgetting them would lose what no file has. */
  get settled(): boolean {
    return this.#text.trim() === '' || this.#text === this.#saved;
  }

  /** Calls `reread` when another tab writes. @returns stops listening */
  watch(): () => void {
    return watchStorage(`notes.${this.#code}`, () => this.reread());
  }

  /** Out of this browser; the page that shows them keeps its own. */
  forget(): void {
    forgetNotes(this.#store, this.#code);
  }
}

export function forgetNotes(store: Store, code: string): void {
  store.removeItem?.(PREFIX + code);
}

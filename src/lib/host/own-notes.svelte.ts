/** The facilitator's own notes on a session: kept in this browser only, never sent anywhere. */

const PREFIX = 'crossroads.notes.';

type Store = Pick<Storage, 'getItem' | 'setItem'> & Partial<Pick<Storage, 'removeItem'>>;

export class OwnNotes {
  readonly #store: Store;
  readonly #code: string;
  #text = $state('');
  #kept = $state(true);

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

  /** Out of this browser; the page that shows them keeps its own. */
  forget(): void {
    forgetNotes(this.#store, this.#code);
  }
}

export function forgetNotes(store: Store, code: string): void {
  store.removeItem?.(PREFIX + code);
}

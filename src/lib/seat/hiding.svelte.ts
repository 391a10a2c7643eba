/** One tap covers whatever this device shows of its owner's answers, in a room and without one (DISC-13). */
import { watchStorage, type PhoneStorage } from './storage.ts';

const KEY = 'hidden';

export class Hiding {
  #storage: PhoneStorage;
  #on = $state(false);
  #unwatch: () => void;

  constructor(storage: PhoneStorage) {
    this.#storage = storage;
    this.#load();
    this.#unwatch = watchStorage(KEY, () => this.#load());
  }

  get on(): boolean {
    return this.#on;
  }

  /** Survives a reload, and reaches the other tabs. */
  set(on: boolean): void {
    if (on) this.#storage.write(KEY, true);
    else this.#storage.remove(KEY);
    this.#on = on;
  }

  close(): void {
    this.#unwatch();
  }

  #load(): void {
    this.#on = this.#storage.read(KEY) === true;
  }
}

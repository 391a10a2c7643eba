/**
 * The phone's own storage. A private window or a full phone may refuse it: then everything goes on
 * in memory, and `durable` says so, so that the page can.
 */
const PREFIX = 'crossroads.';

/** The part of `Storage` that is used; null where the browser has none. Without `key` nothing can be listed. */
export type Backing =
  | (Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & Partial<Pick<Storage, 'key' | 'length'>>)
  | null;

export class PhoneStorage {
  #backing: Backing;
  #memory = new Map<string, string>();

  constructor(backing: Backing) {
    this.#backing = backing;
  }

  /** False when something would be lost by a reload. */
  get durable(): boolean {
    return this.#backing !== null && this.#memory.size === 0;
  }

  /** What was written last, parsed; null when there is nothing, or nothing readable. */
  read(key: string): unknown {
    const text = this.#memory.get(key) ?? this.#attempt((store) => store.getItem(PREFIX + key));
    if (text === null || text === undefined) return null;
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** Never throws: what the phone refuses is kept in memory until it takes it again. */
  write(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    const taken = this.#attempt((store) => {
      store.setItem(PREFIX + key, text);
      return true;
    });
    if (taken) this.#memory.delete(key);
    else this.#memory.set(key, text);
  }

  /** What can be read under keys that begin like this, in the order of their names. */
  keys(prefix: string): string[] {
    const kept = this.#attempt((store) =>
      Array.from({ length: store.length ?? 0 }, (_, index) => store.key?.(index) ?? ''),
    );
    const ours = (kept ?? [])
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
    return [...new Set([...ours, ...this.#memory.keys()])]
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  remove(key: string): void {
    this.#memory.delete(key);
    this.#attempt((store) => store.removeItem(PREFIX + key));
  }

  #attempt<T>(use: (store: NonNullable<Backing>) => T): T | null {
    if (!this.#backing) return null;
    try {
      return use(this.#backing);
    } catch {
      return null;
    }
  }
}

/** Storage of this browser. Even naming `localStorage` throws where it is forbidden. */
export function phoneStorage(): PhoneStorage {
  try {
    return new PhoneStorage(window.localStorage);
  } catch {
    return new PhoneStorage(null);
  }
}

/** Calls `heard` when another tab wrote or removed `key`. @returns stops listening */
export function watchStorage(key: string, heard: () => void): () => void {
  const listen = (event: StorageEvent) => {
    // A null key: everything was cleared.
    if (event.key === null || event.key === PREFIX + key) heard();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}

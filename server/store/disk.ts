/** What differs between the engines: how data gets to disk, and leaves it. */
export interface Disk {
  /** Passes `command` on, and takes note that it may have changed the session: also when it failed. */
  changing: <T>(sid: string, command: Promise<T>) => Promise<T>;
  /** Resolves when everything changed so far outlives the end of any process. @throws StoreUnavailable when it cannot be written */
  kept: () => Promise<void>;
  /**
   * Resolves when everything answered so far outlives a kill of the store: what a ballot waits for before
   * it is called counted (R1). The embedded store may be a second behind; phones then offer again.
   * @throws StoreUnavailable while the disk is too slow, or full
   */
  written: () => Promise<void>;
  /** Resolves when everything changed so far is on disk, and outlives a power cut (DISC-5). @throws StoreUnavailable when it cannot be written */
  durable: () => Promise<void>;
  /** Something was deleted on purpose: what is on disk must forget it too (DISC-11). */
  rewrite: () => void;
  /** false while it cannot be written. */
  healthy: () => boolean;
  close: () => Promise<void>;
}

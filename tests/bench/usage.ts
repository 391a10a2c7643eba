/** What a measured process says of itself. */
export interface Usage {
  /** CPU of the whole process since its start, in milliseconds: all threads, user and system. */
  cpuMs: number;
  /** The longest pause of the event loop since the last question, in milliseconds. */
  pauseMs: number;
  /**
   * The same without what other processes took in between: the most CPU of the main thread between two
   * looks, up to 2 ms too much, in milliseconds. Only after `tell({ watch: true })`.
   */
  turnMs: number;
  /** Resident memory, in bytes. */
  rss: number;
  /** The JavaScript heap and what it holds outside, in bytes; exact after a collection. */
  held: number;
}

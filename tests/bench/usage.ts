/** What a measured process says of itself. */
export interface Usage {
  /** CPU of the whole process since its start, in milliseconds: all threads, user and system. */
  cpuMs: number;
  /** The longest pause of the event loop since the last question, in milliseconds. */
  pauseMs: number;
  /** Resident memory, in bytes. */
  rss: number;
  /** The JavaScript heap and what it holds outside, in bytes; exact after a collection. */
  held: number;
}

/** The clock and its timers, passed in so that tests can hold them still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
}

export const systemClock: Clock = { now: () => Date.now() };

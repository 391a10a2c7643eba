/** The clock and its timers, passed in so that tests can hold them still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Runs `task` once, `ms` from now; the process does not stay alive for it. @returns calls it off */
  after: (ms: number, task: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};

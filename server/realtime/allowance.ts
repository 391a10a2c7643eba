/** What one socket may do: a bucket of commands, and few offences (R7, S7). Kept per socket, gone with it. */

/** A clicker held down or a phone that changes its mind: nobody honest goes beyond this. */
const BURST = 30;
const PER_SECOND = 5;
/** Malformed commands before the socket is closed. */
const OFFENCES = 5;

export interface Allowance {
  /** Whether one more command fits. */
  take: () => boolean;
  /** Counts a malformed command. @returns false when it was one too many */
  forgive: () => boolean;
}

/** @param now milliseconds since any fixed time */
export function createAllowance(now: () => number): Allowance {
  let tokens = BURST;
  let since = now();
  let offences = 0;
  return {
    take: () => {
      const time = now();
      tokens = Math.min(BURST, tokens + ((time - since) / 1000) * PER_SECOND);
      since = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    forgive: () => {
      offences += 1;
      return offences <= OFFENCES;
    },
  };
}

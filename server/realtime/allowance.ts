/** What one socket may do: a bucket of commands, and few offences (R7, S7). Kept per socket, gone with it. */
import type { Audience } from '#protocol/views.ts';

/** Commands at once, and per second after that. A phone changes its mind; a host may hold the clicker down. */
const LIMITS = {
  host: { burst: 300, perSecond: 20 },
  screen: { burst: 30, perSecond: 2 },
  participant: { burst: 30, perSecond: 5 },
} as const;
/** Malformed commands before the socket is closed. */
const OFFENCES = 5;
/** Commands over the limit before it is closed; they count until the bucket was full again. */
const OVERRUNS = 200;

export interface Allowance {
  /** Whether one more command fits. */
  take: () => boolean;
  /** Counts a malformed command. @returns false when it was one too many */
  forgive: () => boolean;
  /** Counts a command over the limit. @returns false when it was one too many */
  overrun: () => boolean;
}

/** @param now milliseconds since any fixed time */
export function createAllowance(role: Audience, now: () => number): Allowance {
  const { burst, perSecond } = LIMITS[role];
  let tokens: number = burst;
  let since = now();
  let offences = 0;
  let overruns = 0;
  return {
    take: () => {
      const time = now();
      tokens = Math.min(burst, tokens + ((time - since) / 1000) * perSecond);
      since = time;
      if (tokens === burst) overruns = 0;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    forgive: () => {
      offences += 1;
      return offences <= OFFENCES;
    },
    overrun: () => {
      overruns += 1;
      return overruns <= OVERRUNS;
    },
  };
}

/** What health checks and metrics ask of the store: an answer at once, whatever the store does. */
import type { Probe } from './metrics.ts';
import type { Store } from './store/store.ts';
import { within } from './store/within.ts';

/** A store that takes longer than this for a ping is as good as away for whoever waits for a tap. */
const AT_ONCE_MS = 300;

/** @param now milliseconds since 1970 */
export function probeOf(store: Store, now: () => number): Probe {
  return {
    up: () => within(store.ping(), AT_ONCE_MS).catch(() => false),
    sessions: () => within(store.living(now()), AT_ONCE_MS),
  };
}

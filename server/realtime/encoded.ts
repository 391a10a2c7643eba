/** Views as JSON, encoded once per snapshot and audience: a crowd that comes back at once shares both. */
import type { Audience } from '#protocol/views.ts';
import type { Clock } from '../clock.ts';
import { buildView, type Snapshot } from '../views.ts';

/** @returns the audience's view of a snapshot, as JSON; its `now` is that of the first who asked */
export function createEncoded(clock: Clock): (audience: Audience, snapshot: Snapshot) => string {
  const known = new WeakMap<Snapshot, Map<Audience, string>>();
  return (audience, snapshot) => {
    const views = known.get(snapshot) ?? new Map<Audience, string>();
    known.set(snapshot, views);
    const view = views.get(audience) ?? JSON.stringify(buildView(audience, snapshot, clock.now()));
    views.set(audience, view);
    return view;
  };
}

/** Views as JSON, encoded once per snapshot, audience and language: a crowd that comes back at once shares both. */
import type { Clock } from '../clock.ts';
import { inLanguage } from '../languages.ts';
import { buildView, type Snapshot } from '../views.ts';
import { languageOf, type Identity } from './handshake.ts';

/** @returns what somebody sees of a snapshot, as JSON; its `now` is that of the first who asked */
export function createEncoded(clock: Clock): (who: Identity, snapshot: Snapshot) => string {
  const known = new WeakMap<Snapshot, Map<string, string>>();
  return (who, snapshot) => {
    const views = known.get(snapshot) ?? new Map<string, string>();
    known.set(snapshot, views);
    // One that the session has: what a phone asks for could be anything.
    const { language } = inLanguage(snapshot, languageOf(who));
    const name = `${who.role}/${language}`;
    const view =
      views.get(name) ?? JSON.stringify(buildView(who.role, snapshot, clock.now(), language));
    views.set(name, view);
    return view;
  };
}

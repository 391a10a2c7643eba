/** Views as JSON, encoded once per snapshot, audience and language: a crowd that comes back at once shares both. */
import type { AnyView } from '#protocol/views.ts';
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
    const view = views.get(name) ?? viewText(buildView(who.role, snapshot, clock.now(), language));
    views.set(name, view);
    return view;
  };
}

const agendas = new WeakMap<object, string>();

/**
 * A view as JSON. Half of a host's is the agenda, which stays the same object while it is the same: with
 * rooms of 25, building and encoding it took a tenth of a step change.
 */
export function viewText(view: AnyView): string {
  if (view.audience !== 'host') return JSON.stringify(view);
  const { agenda, ...rest } = view;
  const text = agendas.get(agenda) ?? JSON.stringify(agenda);
  agendas.set(agenda, text);
  return `${JSON.stringify(rest).slice(0, -1)},"agenda":${text}}`;
}

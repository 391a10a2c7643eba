/** The console's keyboard: what a clicker or a hand on the keys means, and where it must not. */

export type HostKey = 'primary' | 'back' | 'black' | 'code' | 'help';

/** Where a key was pressed: on a control that a space works itself, in a field, or anywhere else. */
export type KeyPlace = 'page' | 'control' | 'field';

export interface KeyPress {
  key: string;
  place: KeyPlace;
  /** Held down: a second step nobody asked for (R8). */
  repeat: boolean;
  /** With Ctrl, Alt or Meta: the browser's own. */
  modified: boolean;
}

const KEYS = new Map<string, HostKey>([
  ['ArrowRight', 'primary'],
  ['PageDown', 'primary'],
  [' ', 'primary'],
  ['ArrowLeft', 'back'],
  ['PageUp', 'back'],
  // A clicker's own button for a black screen sends one of these.
  ['b', 'black'],
  ['B', 'black'],
  ['.', 'black'],
  ['k', 'code'],
  ['K', 'code'],
  ['?', 'help'],
]);

/** What the press asks for, or null when it is none of the console's business. */
export function keyOf({ key, place, repeat, modified }: KeyPress): HostKey | null {
  if (repeat || modified || place === 'field') return null;
  if (key === ' ' && place === 'control') return null;
  return KEYS.get(key) ?? null;
}

/** What a key event asks for, or null. */
export function keyOfEvent(event: KeyboardEvent): HostKey | null {
  return keyOf({
    key: event.key,
    place: placeOf(event.target),
    repeat: event.repeat,
    modified: event.ctrlKey || event.altKey || event.metaKey,
  });
}

/** @param target of the event; anything that is not an element counts as the page */
function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])'))
    return 'field';
  return target.closest('button, a[href], summary, [role="button"]') ? 'control' : 'page';
}

const SETTING = 'crossroads.host.shortcuts';
type Setting = Pick<Storage, 'getItem' | 'setItem'>;

/** On unless they were turned off on this device (WCAG 2.1.4). */
export function shortcutsOn(storage: Setting): boolean {
  try {
    return storage.getItem(SETTING) !== 'off';
  } catch {
    return true;
  }
}

/** Forgotten with the page where the browser keeps nothing. */
export function keepShortcuts(storage: Setting, on: boolean): void {
  try {
    storage.setItem(SETTING, on ? 'on' : 'off');
  } catch {
    return;
  }
}

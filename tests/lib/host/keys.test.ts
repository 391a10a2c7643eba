import { describe, expect, test } from 'vitest';
import { keepShortcuts, keyOf, shortcutsOn, type KeyPress } from '../../../src/lib/host/keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  place: 'page',
  repeat: false,
  modified: false,
  ...more,
});

describe('keyboard and clicker', () => {
  test.each([
    ['ArrowRight', 'primary'],
    ['PageDown', 'primary'],
    [' ', 'primary'],
    ['ArrowLeft', 'back'],
    ['PageUp', 'back'],
    ['b', 'black'],
    ['B', 'black'],
    ['.', 'black'],
    ['k', 'code'],
    ['K', 'code'],
    ['?', 'help'],
    ['Enter', null],
    ['a', null],
    ['toString', null],
  ])('%j means %s', (key, meaning) => {
    expect(keyOf(press(key))).toBe(meaning);
  });

  test('R8: a key that is held down makes no second step', () => {
    expect(keyOf(press('ArrowRight', { repeat: true }))).toBeNull();
  });

  test('what the browser owns is left to it', () => {
    expect(keyOf(press('ArrowLeft', { modified: true }))).toBeNull();
  });

  test('nothing happens while somebody types', () => {
    for (const key of ['ArrowRight', ' ', 'k', '?', 'PageDown'])
      expect(keyOf(press(key, { place: 'field' }))).toBeNull();
  });

  test('R8: space on a button presses that button only, arrows still lead on', () => {
    expect(keyOf(press(' ', { place: 'control' }))).toBeNull();
    expect(keyOf(press('ArrowRight', { place: 'control' }))).toBe('primary');
  });
});

describe('WCAG 2.1.4: shortcuts can be turned off', () => {
  test('they are on at first, and stay as they were left', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(shortcutsOn(storage)).toBe(true);
    keepShortcuts(storage, false);
    expect(shortcutsOn(storage)).toBe(false);
    keepShortcuts(storage, true);
    expect(shortcutsOn(storage)).toBe(true);
  });

  test('a browser that keeps nothing still has them', () => {
    const refuse = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const storage = { getItem: refuse, setItem: refuse };
    keepShortcuts(storage, false);
    expect(shortcutsOn(storage)).toBe(true);
  });
});

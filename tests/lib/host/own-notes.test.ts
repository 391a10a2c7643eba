/** The facilitator's notes stay in this browser, by room, and go when they are told to. */
import { expect, test } from 'vitest';
import { forgetNotes, OwnNotes } from '$lib/host/own-notes.svelte.ts';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

test('notes come back after a reload, and another room has its own', () => {
  const store = memory();
  new OwnNotes(store, 'K7M2QX').write('Less talk');
  expect(new OwnNotes(store, 'K7M2QX').text).toBe('Less talk');
  expect(new OwnNotes(store, 'ZZZZZZ').text).toBe('');
  forgetNotes(store, 'K7M2QX');
  expect(new OwnNotes(store, 'K7M2QX').text).toBe('');
});

test('a browser that keeps nothing says so, and the page still has them', () => {
  const notes = new OwnNotes(
    {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('no', 'SecurityError');
      },
    },
    'K7M2QX',
  );
  expect(notes.kept).toBe(true);
  notes.write('Less talk');
  expect(notes).toMatchObject({ text: 'Less talk', kept: false });
});

test('what another tab wrote is taken over, and what no file has is not forgotten by itself', () => {
  const store = memory();
  const here = new OwnNotes(store, 'K7M2QX');
  const there = new OwnNotes(store, 'K7M2QX');
  there.write('Less talk');
  here.reread();
  expect(here).toMatchObject({ text: 'Less talk', settled: false });
  here.saved();
  expect(here.settled).toBe(true);
  there.forget();
  here.reread();
  expect(here).toMatchObject({ text: 'Less talk', settled: true });
  here.write('Less talk. More walks');
  expect(here.settled).toBe(false);
});

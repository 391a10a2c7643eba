/** A tab remembers its simulated people, and only what it wrote itself. */
import { expect, test } from 'vitest';
import {
  keepPlan,
  newPlan,
  peopleOf,
  personStore,
  readPlan,
  type TabStore,
} from '../../../src/lib/rehearsal/plan.ts';

function memory(): TabStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test('a plan comes back after a reload, by the code of its room alone', () => {
  const store = memory();
  const plan = { ...newPlan('seed'), tendency: 'camps' as const, count: 30 };
  keepPlan(store, 'K7M2QX', plan);
  expect(readPlan(store, 'K7M2QX')).toEqual(plan);
  expect(readPlan(store, 'ZZZZZZ')).toBeNull();
  expect(readPlan(null, 'K7M2QX')).toBeNull();
});

test('what is not a plan is none', () => {
  const store = memory();
  const good = newPlan('seed');
  const bad = [
    'x',
    '{',
    '[]',
    ...[{ count: 61 }, { count: 0 }, { count: 1.5 }, { tendency: 'any' }, { on: 1 }].map((part) =>
      JSON.stringify({ ...good, ...part }),
    ),
  ];
  for (const text of bad) {
    store.setItem('crossroads.rehearsal.K7M2QX', text);
    expect(readPlan(store, 'K7M2QX'), text).toBeNull();
  }
});

test('a full storage leaves no old plan behind', () => {
  const store = memory();
  keepPlan(store, 'K7M2QX', newPlan('seed'));
  const full: TabStore = {
    ...store,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  keepPlan(full, 'K7M2QX', { ...newPlan('seed'), on: false });
  expect(readPlan(store, 'K7M2QX')).toBeNull();
});

test('every person has a drawer of its own', () => {
  const store = memory();
  personStore(store, 'K7M2QX', 0)?.setItem('seat', 'a');
  personStore(store, 'K7M2QX', 1)?.setItem('seat', 'b');
  expect(personStore(store, 'K7M2QX', 0)?.getItem('seat')).toBe('a');
  expect(personStore(store, 'ZZZZZZ', 0)?.getItem('seat')).toBeNull();
  expect(personStore(null, 'K7M2QX', 0)).toBeNull();
});

test('a number of people is from one to sixty, whatever was typed', () => {
  expect([12, 0, -3, 61, 2.6, NaN].map(peopleOf)).toEqual([12, 1, 1, 60, 3, 1]);
});

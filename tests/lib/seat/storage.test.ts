import { describe, expect, test } from 'vitest';
import { newRecord, readRecord } from '../../../src/lib/seat/record.ts';
import { PhoneStorage, type Backing } from '../../../src/lib/seat/storage.ts';

/** A browser's storage that can be made to refuse, as private windows and full phones do. */
function browserStorage() {
  const items = new Map<string, string>();
  const control = { refuses: false };
  const refuse = () => {
    if (control.refuses) throw new DOMException('no', 'QuotaExceededError');
  };
  const backing: Backing = {
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      refuse();
      items.set(key, value);
    },
    removeItem: (key) => {
      refuse();
      items.delete(key);
    },
  };
  return { backing, items, control };
}

describe('PhoneStorage', () => {
  test('R3: what was written is there for the next page load', () => {
    const { backing } = browserStorage();
    new PhoneStorage(backing).write('a', { x: 1 });
    expect(new PhoneStorage(backing).read('a')).toEqual({ x: 1 });
  });

  test('R4: a full phone goes on in memory and does not claim to keep it', () => {
    const { backing, control, items } = browserStorage();
    const storage = new PhoneStorage(backing);
    storage.write('a', 1);
    control.refuses = true;
    storage.write('a', 2);
    expect(storage.read('a')).toBe(2);
    expect(storage.durable).toBe(false);
    control.refuses = false;
    storage.write('a', 3);
    expect(storage.durable).toBe(true);
    expect([...items.values()]).toEqual(['3']);
  });

  test('R4: without any storage everything works in memory', () => {
    const storage = new PhoneStorage(null);
    expect(storage.durable).toBe(false);
    storage.write('a', 'x');
    expect(storage.read('a')).toBe('x');
    storage.remove('a');
    expect(storage.read('a')).toBeNull();
  });

  test('keys are those that begin alike, in storage and in memory, without other pages’', () => {
    const { backing, control, items } = browserStorage();
    const storage = new PhoneStorage(backing);
    items.set('somebody.else', '1');
    for (const key of ['seat.b', 'seat.a', 'workbook.x']) storage.write(key, 1);
    control.refuses = true;
    storage.write('seat.c', 1);
    storage.write('seat.a', 2);
    expect(storage.keys('seat.')).toEqual(['seat.a', 'seat.b', 'seat.c']);
    expect(new PhoneStorage(null).keys('')).toEqual([]);
  });

  test('what cannot be read is nothing', () => {
    const { backing, items } = browserStorage();
    items.set('crossroads.a', '{');
    expect(new PhoneStorage(backing).read('a')).toBeNull();
  });
});

describe('the record of a seat', () => {
  test('R3: survives storage, with its nonce, seed and answers', () => {
    const record = { ...newRecord('K7M2QX'), picks: { early: 3 } };
    expect(readRecord(JSON.parse(JSON.stringify(record)), 'K7M2QX')).toEqual(record);
  });

  test('R5: fields that an older page did not write are as new', () => {
    const { format, code, nonce, seed } = newRecord('K7M2QX');
    expect(readRecord({ format, code, nonce, seed }, 'K7M2QX')).toMatchObject({
      ballots: {},
      published: null,
      ended: null,
    });
  });

  test.each([null, 7, 'x', {}, { ...newRecord('K7M2QX'), format: 2 }, newRecord('999999')])(
    'S4: is never read from something else (%#)',
    (found) => {
      expect(readRecord(found, 'K7M2QX')).toBeNull();
    },
  );

  test('S2: nonce and seed are fresh, and as the wire wants them', () => {
    const [a, b] = [newRecord('K7M2QX'), newRecord('K7M2QX')];
    expect(new Set([a.nonce, a.seed, b.nonce, b.seed]).size).toBe(4);
    expect(a.nonce).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});

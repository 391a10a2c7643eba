/** Reads fields of unknown JSON by hand: the schema library weighs more than all summaries together. */
import { m } from '$lib/i18n/paraglide/messages';
import { isDay } from '$lib/seat/plan/days.ts';

/** The message is a sentence for people. */
export class MalformedTakeHome extends Error {
  override name = 'MalformedTakeHome';

  /** @param path of the field, `poles[0].sum` */
  static at(path: string, expected: string): MalformedTakeHome {
    return new MalformedTakeHome(m.export_bad_field({ field: path, expected }));
  }
}

/** Turns an unknown value into a `T`. @throws MalformedTakeHome that names `path` */
export type Read<T> = (value: unknown, path: string) => T;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One field of an object; `path` is the object's, empty for the file itself. */
export function field<T>(object: unknown, path: string, name: string, read: Read<T>): T {
  if (!isObject(object)) throw MalformedTakeHome.at(path, m.export_expected_object());
  return read(object[name], path === '' ? name : `${path}.${name}`);
}

export const text: Read<string> = (value, path) => {
  if (typeof value === 'string') return value;
  throw MalformedTakeHome.at(path, m.export_expected_text());
};

export const textOrNull: Read<string | null> = (value, path) => {
  if (typeof value === 'string' || value === null) return value;
  throw MalformedTakeHome.at(path, m.export_expected_text_or_null());
};

export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

export const date: Read<string> = (value, path) => {
  if (typeof value === 'string' && isDay(value)) return value;
  throw MalformedTakeHome.at(path, m.export_expected_date());
};

/** @param most null: no upper end */
export function wholeNumber(least: number, most: number | null, expected: () => string) {
  const read: Read<number> = (value, path) => {
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
    if (fits && (most === null || value <= most)) return value;
    throw MalformedTakeHome.at(path, expected());
  };
  return read;
}

export function oneOf<const T>(values: readonly T[], expected: () => string): Read<T> {
  return (value, path) => {
    const found = values.find((known) => known === value);
    if (found === undefined) throw MalformedTakeHome.at(path, expected());
    return found;
  };
}

export function list<T>(read: Read<T>): Read<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw MalformedTakeHome.at(path, m.export_expected_list());
    return value.map((item, index) => read(item, `${path}[${index}]`));
  };
}

/** One entry per pole. */
export function pair<T>(read: Read<T>): Read<[T, T]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length !== 2)
      throw MalformedTakeHome.at(path, m.export_expected_pair());
    return [read(value[0], `${path}[0]`), read(value[1], `${path}[1]`)];
  };
}

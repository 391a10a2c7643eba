/**
 * What a rehearsal's simulated people are to do, kept in this tab: a reload finds them again, and a
 * second console does not bring a second crowd.
 */

/** How the simulated people lean; `first` and `second` are the workshop's poles. */
export const TENDENCIES = ['spread', 'first', 'second', 'between', 'camps', 'one-mind'] as const;
export type Tendency = (typeof TENDENCIES)[number];

export interface Plan {
  /** People, 1 to MOST_PEOPLE. */
  count: number;
  tendency: Tendency;
  /** Who answers what: the same seed gives the same people. */
  seed: string;
  /** They are in the room, or on their way into it. */
  on: boolean;
}

export const USUAL_PEOPLE = 12;
/** As many as a result shows one by one. */
export const MOST_PEOPLE = 60;

/** The part of `Storage` that is used. */
export type TabStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'crossroads.rehearsal.';

/** This tab's storage; null where the browser refuses it: a reload then brings new people. */
export function tabStore(): TabStore | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** Twelve people from all over the scale, on their way in. */
export function newPlan(seed: string): Plan {
  return { count: USUAL_PEOPLE, tendency: 'spread', seed, on: true };
}

/** @param code of the room. @returns null when this tab has none: another one has brought the people */
export function readPlan(store: TabStore | null, code: string): Plan | null {
  try {
    const found: unknown = JSON.parse(store?.getItem(PREFIX + code) ?? 'null');
    return isPlan(found) ? found : null;
  } catch {
    return null;
  }
}

export function keepPlan(store: TabStore | null, code: string, plan: Plan): void {
  try {
    store?.setItem(PREFIX + code, JSON.stringify(plan));
  } catch {
    // A full storage: this page goes on with what it knows.
    store?.removeItem(PREFIX + code);
  }
}

/** What a person keeps, as on a phone of its own. @param nth from 0 */
export function personStore(store: TabStore | null, code: string, nth: number): TabStore | null {
  if (!store) return null;
  const own = (key: string) => `${PREFIX}${code}.${nth}.${key}`;
  return {
    getItem: (key) => store.getItem(own(key)),
    setItem: (key, value) => store.setItem(own(key), value),
    removeItem: (key) => store.removeItem(own(key)),
  };
}

/** A number of people that can be simulated, whatever was typed. */
export function peopleOf(typed: number): number {
  return Math.min(MOST_PEOPLE, Math.max(1, Math.round(typed) || 1));
}

function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null) return false;
  const { count, tendency, seed, on } = value as Partial<Record<keyof Plan, unknown>>;
  return (
    typeof count === 'number' &&
    peopleOf(count) === count &&
    TENDENCIES.some((each) => each === tendency) &&
    typeof seed === 'string' &&
    typeof on === 'boolean'
  );
}

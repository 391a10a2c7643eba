/** Points of a minute, by name, that are set aside before it is known whether they are spent. In memory only. */
export interface Purse {
  /** Whether one more may be set aside: no more than are left, and always a few while there is one. */
  hasOne: (name: string) => boolean;
  /** Whether all are spent: only the next minute brings new ones. */
  isEmpty: (name: string) => boolean;
  setAside: (name: string) => void;
  /** Ends what `setAside` began. */
  settle: (name: string, spent: boolean) => void;
  /** Spends one that was not set aside. */
  spend: (name: string) => void;
  /** Resolves when it is worth another look: one is back, or nothing is set aside any more. */
  change: (name: string) => Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * @param points a minute of each name
 * @param few at a time even if fewer are left: one after the other a crowd would take longer than a pause
 */
export function createPurse(points: number, few: number): Purse {
  const spent = new Map<string, number>();
  const aside = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  const of = (counts: Map<string, number>, name: string) => counts.get(name) ?? 0;

  function spend(name: string): void {
    if (!spent.has(name)) setTimeout(() => spent.delete(name), MINUTE_MS).unref();
    spent.set(name, of(spent, name) + 1);
  }

  /** In the order in which they came. */
  function wake(name: string, most: number): void {
    const queue = waiting.get(name) ?? [];
    queue.splice(0, most).forEach((look) => look());
    if (queue.length === 0) waiting.delete(name);
  }

  return {
    hasOne: (name) => of(aside, name) < Math.max(few, points - of(spent, name)),
    isEmpty: (name) => of(spent, name) >= points,
    setAside: (name) => void aside.set(name, of(aside, name) + 1),
    settle: (name, isSpent) => {
      if (isSpent) spend(name);
      const left = of(aside, name) - 1;
      if (left > 0) aside.set(name, left);
      else aside.delete(name);
      // One that is spent makes no room: then only the last has news for all.
      wake(name, left <= 0 ? Infinity : isSpent ? 0 : 1);
    },
    spend,
    change: (name) =>
      new Promise((resolve) => {
        const queue = waiting.get(name) ?? [];
        waiting.set(name, queue);
        queue.push(resolve);
      }),
  };
}

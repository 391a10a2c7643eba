/** A stable order per seat: a thumb's place on the glass then says nothing about the statement (DISC-13). */

/** Fisher–Yates, driven by `seed`: the same seed gives the same order on every reload. */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const order = [...items];
  const next = randomFrom(seed);
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const moved = order[last] as T;
    order[last] = order[other] as T;
    order[other] = moved;
  }
  return order;
}

/** Numbers from 0 up to 1, the same for the same seed. FNV-1a into mulberry32: spread, no secrecy. */
export function randomFrom(seed: string): () => number {
  let state = 2166136261;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

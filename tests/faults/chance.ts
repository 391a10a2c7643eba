/** Chance that can be repeated: the same seed makes the same decisions. */
export interface Chance {
  /** From 0 to less than `below`, whole. */
  whole: (below: number) => number;
  happens: (probability: number) => boolean;
  pick: <T>(from: readonly [T, ...T[]]) => T;
  /** Another one, which does not depend on how much was asked of this one. */
  fork: (name: number) => Chance;
}

/** @param seed any 32 bits (mulberry32) */
export function chance(seed: number): Chance {
  let state = seed | 0;
  const real = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (below: number) => Math.floor(real() * below);
  return {
    whole,
    happens: (probability) => real() < probability,
    pick: (from) => from[whole(from.length)] ?? from[0],
    fork: (name) =>
      chance(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(name + 1, 0xc2b2ae35)),
  };
}

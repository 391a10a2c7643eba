/** Lengths the group timer offers. */
import type { Slide } from '#slides/kinds.ts';

const USUAL = [60, 120, 300];

/** Whole seconds; a slide that names its own length comes first. */
export function timerPresets(slide: Slide): number[] {
  const own = 'seconds' in slide ? [slide.seconds] : [];
  return [...new Set([...own, ...USUAL])];
}

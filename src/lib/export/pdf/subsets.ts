/** The files the typeface comes in: one per script and weight. */
import ranges from '@fontsource/source-sans-3/unicode.json';

export type Subset = keyof typeof ranges;
export type Weight = 400 | 600;
/** Gives a font file's bytes (WOFF or TrueType); may reject for any subset but `latin`. */
export type FontSource = (subset: Subset, weight: Weight) => Promise<Uint8Array>;

export const SUBSETS = Object.keys(ranges) as readonly Subset[];
export const WEIGHTS: readonly Weight[] = [400, 600];

/** `latin` always, the others where a character lies in their declared ranges and not in Latin's. */
export function subsetsOf(text: string): Subset[] {
  const points = new Set([...text.normalize('NFC')].map((point) => point.codePointAt(0) ?? 0));
  const beyond = [...points].filter((point) => !declares('latin', point));
  return SUBSETS.filter(
    (subset) => subset === 'latin' || beyond.some((point) => declares(subset, point)),
  ).sort((a, b) => Number(b === 'latin') - Number(a === 'latin'));
}

function declares(subset: Subset, point: number): boolean {
  return ranges[subset].split(',').some((range) => {
    const [first, last = first] = range.replace('U+', '').split('-');
    return point >= parseInt(first ?? '', 16) && point <= parseInt(last ?? '', 16);
  });
}

/** The product's font files for the PDF, fetched once from this server and then held in memory. */
import { SUBSETS, type FontSource } from './pdf/subsets.ts';

const addresses = import.meta.glob<string>(
  '/node_modules/@fontsource/source-sans-3/files/source-sans-3-*-{400,600}-normal.woff',
  { query: '?url', import: 'default', eager: true },
);
const held = new Map<string, Promise<Uint8Array>>();

/** @throws when a file neither was held nor can be fetched; the next call tries again */
export const fetchedFonts: FontSource = (subset, weight) => {
  const file = `source-sans-3-${subset}-${weight}-normal.woff`;
  const known = held.get(file);
  if (known) return known;
  const fetched = fetchFont(file);
  held.set(file, fetched);
  fetched.catch(() => held.delete(file));
  return fetched;
};

/**
 * Fetches what a summary may need: Latin in both weights and, for names in any script, the others
 * in the lighter one. About 130 kB.
 */
export async function prepareFonts(): Promise<void> {
  await Promise.all([
    fetchedFonts('latin', 600),
    ...SUBSETS.map((subset) => fetchedFonts(subset, 400)),
  ]);
}

async function fetchFont(file: string): Promise<Uint8Array> {
  const address = addresses[`/node_modules/@fontsource/source-sans-3/files/${file}`];
  if (address === undefined) throw new Error(`no font file ${file}`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

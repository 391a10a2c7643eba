/** Breaks a paragraph into lines. */
import { characters } from './typeface.ts';

/** A last line shorter than this share of the width looks forgotten. */
const SHORT = 0.25;
/** Widths tried for a fuller last line, as shares of the column's. */
const NARROWER = [0.95, 0.9, 0.85, 0.8, 0.75];

/**
 * Like `breakLines`, but avoids a last line of a word or two where a slightly narrower setting
 * helps and costs no further line.
 */
export function breakEvenly(
  text: string,
  width: number,
  measure: (text: string) => number,
): string[] {
  const widest = breakLines(text, width, measure);
  const full = (lines: readonly string[]) => measure(lines.at(-1) ?? '') >= width * SHORT;
  if (widest.length < 2 || full(widest)) return widest;
  for (const share of NARROWER) {
    const lines = breakLines(text, width * share, measure);
    if (lines.length > widest.length) break;
    if (full(lines)) return lines;
  }
  return widest;
}

/**
 * First fit.
 * @param width of a line, in the unit of `measure`
 * @param measure how wide a text is set
 * @returns lines that together are the text with single spaces: a line that ends between words ends
 * with the space, which takes no width, so that reading aloud keeps the words apart. A word wider
 * than a line is cut between characters.
 */
export function breakLines(
  text: string,
  width: number,
  measure: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/[ \t\r\n]+/).flatMap(unbreakable)) {
    const longer = line === '' || part.joined ? line + part.text : `${line} ${part.text}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(part.joined ? line : `${line} `);
    const cut = cutToFit(part.text, width, measure);
    lines.push(...cut.slice(0, -1));
    line = cut.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** A word's parts between which a line may end: after hyphens, dashes and slashes. */
function unbreakable(word: string): { text: string; joined: boolean }[] {
  const parts = word.match(/[^-–—/]+[-–—/]*|[-–—/]+/g) ?? [];
  return parts.map((text, index) => ({ text, joined: index > 0 }));
}

function cutToFit(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const cut = [''];
  for (const character of characters(word)) {
    const longer = (cut.at(-1) ?? '') + character;
    if (measure(longer) <= width || cut.at(-1) === '') cut[cut.length - 1] = longer;
    else cut.push(character);
  }
  return cut;
}

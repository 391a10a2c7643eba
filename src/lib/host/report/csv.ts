/** Comma-separated values that a spreadsheet opens as text and numbers, never as formulas (S6). */

export type Cell = string | number | null;

/** What makes a spreadsheet calculate: also as full-width signs, and behind white space it drops. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** Where the separator is another character, a cell of its own could begin behind it. */
const INNER = /([;|]\s*)(?=[=+\-@＝＋－＠])/g;

/** @returns RFC 4180 with a byte order mark, by which spreadsheets know the encoding */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const tame = FORMULA.test(value) ? `'${value}` : value;
  const line = tame.replace(/[\t\r\n]+/g, ' ').replace(INNER, "$1'");
  return `"${line.replaceAll('"', '""')}"`;
}

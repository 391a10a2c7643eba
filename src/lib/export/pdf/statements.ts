/** All statements with the own answers: one table per pole. */
import type { TakeHome, TakeHomeStatement } from '../take-home.ts';
import type { Words } from '../words.ts';
import { answerMarks } from './marks.ts';
import { poleHeading, section } from './parts.ts';
import { FULL, MARGIN, type Column, type Element, type Sheet } from './sheet.ts';
import { BODY, CELL, GAP, SMALL } from './styles.ts';

const STATEMENT: Column = { x: FULL.x, width: 296 };
const MARKS_X = 372;
const ANSWER: Column = { x: 438, width: FULL.x + FULL.width - 438 };
/** Above and below a row's text. */
const PAD = 3.5;

export function setStatements(sheet: Sheet, takeHome: TakeHome, words: Words): void {
  const [first, second] = ([0, 1] as const).map((side) =>
    takeHome.statements.filter(({ pole }) => pole === side),
  );
  section(sheet, words.statements, 30 + heightOf(sheet, first ?? []), FULL);
  sheet.y += BODY.leading;
  sheet.flow('P', words.scale, SMALL, FULL);
  setTable(sheet, 0, first ?? [], words);
  setTable(sheet, 1, second ?? [], words);
}

function setTable(
  sheet: Sheet,
  side: 0 | 1,
  statements: readonly TakeHomeStatement[],
  words: Words,
): void {
  sheet.y += GAP;
  sheet.keep(heightOf(sheet, statements));
  sheet.keep(4 * BODY.leading);
  poleHeading(sheet, side, words.side(side), FULL);
  const table = sheet.element('Table');
  const head = sheet.element('TR', table);
  const y = sheet.y;
  sheet.flow('TH', words.columns[0], SMALL, STATEMENT, { parent: head, scope: 'Column' });
  sheet.y = y;
  sheet.flow('TH', words.columns[1], SMALL, ANSWER, { parent: head, scope: 'Column' });
  for (const statement of statements)
    setRow(sheet, side, statement, words, sheet.element('TR', table));
}

function setRow(
  sheet: Sheet,
  side: 0 | 1,
  { text, answer }: TakeHomeStatement,
  words: Words,
  row: Element,
): void {
  sheet.keep(rowHeight(sheet, text));
  sheet.rule(sheet.y);
  sheet.y += PAD;
  const top = sheet.y;
  const middle = sheet.middle(CELL);
  const page = sheet.pages;
  sheet.artifact((doc) => answerMarks(doc, side, MARKS_X, middle, answer));
  sheet.flow('TH', text, CELL, STATEMENT, { parent: row, scope: 'Row' });
  const bottom = sheet.y;
  // A statement longer than a page has carried the row to the next one.
  sheet.y = sheet.pages > page ? MARGIN.top : top;
  sheet.flow('TD', `${answer} · ${words.answer(answer)}`, CELL, ANSWER, { parent: row });
  sheet.y = Math.max(sheet.y, bottom) + PAD;
}

function rowHeight(sheet: Sheet, text: string): number {
  return sheet.height(text, CELL, STATEMENT) + 2 * PAD;
}

/** Of a pole's heading and table. */
function heightOf(sheet: Sheet, statements: readonly TakeHomeStatement[]): number {
  const head = BODY.leading + SMALL.leading;
  return statements.reduce((sum, { text }) => sum + rowHeight(sheet, text), head);
}

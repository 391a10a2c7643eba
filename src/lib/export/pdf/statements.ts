/** All statements with the own answers: one table per pole. */
import type { TakeHome, TakeHomeStatement } from '../take-home.ts';
import type { Words } from '../words.ts';
import { answerMarks } from './marks.ts';
import { poleHeading, section } from './parts.ts';
import { FULL, MARGIN, type Column, type Sheet } from './sheet.ts';
import { BODY, CELL, GAP, SMALL } from './styles.ts';

const STATEMENT: Column = { x: FULL.x, width: 315 };
const MARKS: Column = { x: 388, width: FULL.x + FULL.width - 388 };
const ANSWER: Column = { x: 450, width: FULL.x + FULL.width - 450 };
/** Above and below a row's text. */
const PAD = 3.5;
/** A taller table may be torn; a torn one starts with at least this much. */
const TALLEST = 330;
const START = 100;

export function setStatements(sheet: Sheet, takeHome: TakeHome, words: Words): void {
  const [first = [], second = []] = ([0, 1] as const).map((side) =>
    takeHome.statements.filter(({ pole }) => pole === side),
  );
  const heading = BODY.leading + SMALL.leading + GAP;
  section(sheet, words.statements, heading + needed(sheet, first), FULL);
  sheet.y += BODY.leading;
  sheet.flow('P', words.scale, SMALL, FULL);
  setTable(sheet, 0, first, words);
  setTable(sheet, 1, second, words);
}

function setTable(
  sheet: Sheet,
  side: 0 | 1,
  statements: readonly TakeHomeStatement[],
  words: Words,
): void {
  sheet.y += GAP;
  sheet.keep(needed(sheet, statements));
  poleHeading(sheet, side, words.side(side), FULL);
  const table = sheet.element('Table');
  const parent = sheet.element('TR', table);
  const y = sheet.y;
  sheet.flow('TH', words.columns[0], SMALL, STATEMENT, { parent, scope: 'Column' });
  sheet.y = y;
  sheet.flow('TH', words.columns[1], SMALL, MARKS, { parent, scope: 'Column' });
  for (const { text, answer } of statements) {
    if (sheet.keep(rowHeight(sheet, text))) repeatHead(sheet, words);
    const row = sheet.element('TR', table);
    sheet.rule(sheet.y);
    sheet.y += PAD;
    const [top, page, middle] = [sheet.y, sheet.pages, sheet.middle(CELL)];
    sheet.artifact((doc) => answerMarks(doc, side, MARKS.x, middle, answer));
    sheet.flow('TH', text, CELL, STATEMENT, { parent: row, scope: 'Row' });
    const bottom = sheet.y;
    // A statement longer than a page has carried the row to the next one.
    sheet.y = sheet.pages > page ? MARGIN.top : top;
    sheet.flow('TD', `${answer} · ${words.answer(answer)}`, CELL, ANSWER, { parent: row });
    sheet.y = Math.max(sheet.y, bottom) + PAD;
  }
}

/** For the eye alone: read aloud, the table has one head. */
function repeatHead(sheet: Sheet, words: Words): void {
  sheet.placeArtifact(words.columns[0], SMALL, { x: STATEMENT.x, y: sheet.y });
  sheet.placeArtifact(words.columns[1], SMALL, { x: MARKS.x, y: sheet.y });
  sheet.y += SMALL.leading;
}

function rowHeight(sheet: Sheet, text: string): number {
  return sheet.height(text, CELL, STATEMENT) + 2 * PAD;
}

/** What must not be torn of a pole's heading and table. */
function needed(sheet: Sheet, statements: readonly TakeHomeStatement[]): number {
  const head = BODY.leading + SMALL.leading;
  const height = statements.reduce((sum, { text }) => sum + rowHeight(sheet, text), head);
  return height <= TALLEST ? height : START;
}

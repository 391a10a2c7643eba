/** What the sections of a summary are made of. */
import type { Words } from '../words.ts';
import { poleShape, tickBox } from './marks.ts';
import { PALETTE } from './palette.ts';
import { FULL, MARGIN, type Column, type Sheet } from './sheet.ts';
import { BODY, FIRM, INDENT, ITEM, LABEL, LABELS, MAIN, SMALL } from './styles.ts';

/** Around a section's rule. */
const ABOVE = 13;
const BELOW = 9;
/** Below each entry of a list. */
export const BETWEEN = 1.5;

/** A rule, and the label beside what follows. @param needed height that must not be torn from it */
export function section(sheet: Sheet, label: string, needed: number, column = LABELS): void {
  sheet.keep(ABOVE + BELOW + needed);
  if (sheet.y > MARGIN.top) sheet.y += ABOVE;
  sheet.rule(sheet.y);
  sheet.y += BELOW;
  const top = sheet.y;
  sheet.flow('H2', label, LABEL, column);
  sheet.y = top;
}

/** A pole's name with its shape before it. */
export function poleHeading(sheet: Sheet, side: 0 | 1, text: string, column: Column = MAIN): void {
  const middle = sheet.middle(FIRM) - 0.6;
  sheet.artifact((doc) => {
    poleShape(doc, side, column.x + 4, middle, 8).fill(PALETTE.poles[side]);
  });
  sheet.flow('H3', text, FIRM, { x: column.x + INDENT, width: column.width - INDENT });
}

/** @param bullet `box`: something to do, to be ticked on paper */
export function bulletList(sheet: Sheet, texts: readonly string[], bullet: 'dot' | 'box'): void {
  const list = sheet.element('L');
  for (const text of texts) {
    sheet.keep(Math.min(sheet.height(text, BODY, ITEM), 3 * BODY.leading));
    const middle = sheet.middle(BODY);
    sheet.artifact((doc) => {
      if (bullet === 'box') tickBox(doc, MAIN.x + 4, middle);
      else doc.circle(MAIN.x + 4, middle, 1.4).fill(PALETTE.soft);
    });
    sheet.flow('LBody', text, BODY, ITEM, { parent: sheet.element('LI', list) });
    sheet.y += BETWEEN;
  }
}

/** The writer's own paragraphs. */
export function prose(sheet: Sheet, label: string, text: string): void {
  section(sheet, label, 3 * BODY.leading);
  for (const paragraph of text.split(/\r?\n/).filter((line) => line.trim() !== '')) {
    sheet.flow('P', paragraph, BODY, MAIN);
  }
}

/** The same at the foot of every page; read aloud once. */
export function footers(sheet: Sheet, words: Words): void {
  const { count } = sheet.doc.bufferedPageRange();
  const left = { x: FULL.x, y: sheet.foot };
  const right = { x: FULL.x + FULL.width, y: sheet.foot, align: 'right' } as const;
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(page);
    if (page === 0) sheet.place('P', words.footer, SMALL, left);
    else sheet.placeArtifact(words.footer, SMALL, left);
    sheet.placeArtifact(words.page(page + 1, count), SMALL, right);
  }
}

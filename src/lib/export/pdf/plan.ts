/** Somebody's plan: its lines, and what to tag. How to read an audit stands on the printed sheet. */
import type { PlanSummary } from '$lib/seat/plan/summary.ts';
import type { Words } from '../words.ts';
import { section } from './parts.ts';
import type { Column, Sheet } from './sheet.ts';
import { BODY, GAP, MAIN, QUIET, SMALL } from './styles.ts';

const LABEL: Column = { x: MAIN.x, width: 82 };
const TEXT: Column = { x: MAIN.x + 90, width: MAIN.width - 90 };

export function setPlan(sheet: Sheet, { audit }: PlanSummary, words: Words): void {
  section(sheet, words.plan, 4 * BODY.leading);
  const list = sheet.element('L');
  for (const { label, text } of words.planRows) {
    sheet.keep(sheet.height(text, BODY, TEXT));
    const item = sheet.element('LI', list);
    const top = sheet.y;
    sheet.flow('Lbl', label, QUIET, LABEL, { parent: item });
    const bottom = sheet.y;
    sheet.y = top;
    sheet.flow('LBody', text, BODY, TEXT, { parent: item });
    sheet.y = Math.max(sheet.y, bottom) + 1.5;
  }
  if (!audit || audit.activities.length === 0) return;
  sheet.y += GAP;
  const names = audit.activities.map(({ name }) => name).join(', ');
  sheet.keep(SMALL.leading + sheet.height(names, BODY, MAIN));
  sheet.flow('P', words.activities, SMALL, MAIN);
  sheet.flow('P', names, BODY, MAIN);
}

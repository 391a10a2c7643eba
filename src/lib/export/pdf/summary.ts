/** Sets a summary on its pages, section by section. */
import type { TakeHome } from '../take-home.ts';
import type { Words } from '../words.ts';
import { scoreBar } from './marks.ts';
import { BETWEEN, bulletList, poleHeading, prose, section } from './parts.ts';
import { FULL, type Sheet } from './sheet.ts';
import { setPlan } from './plan.ts';
import { setStatements } from './statements.ts';
import { BODY, BYLINE, FIRM, GAP, ITEM, LEAN, MAIN, QUIET, SMALL, TITLE } from './styles.ts';

/** A pole's next steps stay on one page up to this height. */
const TALLEST_STEPS = 300;

export function setSummary(sheet: Sheet, takeHome: TakeHome, words: Words): void {
  const { name, room, plan } = takeHome;
  sheet.flow('P', `${words.summary} · ${words.date}`, SMALL, FULL);
  sheet.y += 3;
  sheet.flow('H1', takeHome.workshop, TITLE, FULL);
  if (name !== null) {
    sheet.y += 2;
    sheet.flow('P', words.for(name), BYLINE, FULL);
  }

  section(sheet, words.lean, 70);
  sheet.y -= 5;
  sheet.flow('P', words.leanWords, LEAN, MAIN);
  sheet.y += 2;
  sheet.flow('P', takeHome.sentence, BODY, MAIN);
  setScores(sheet, takeHome, words);

  section(sheet, words.strongest, 60);
  setBySide(sheet, takeHome, takeHome.strongest, words.strongestNone);
  if (takeHome.weakest.some((texts) => texts.length > 0)) {
    section(sheet, words.weakest, 60);
    setBySide(sheet, takeHome, takeHome.weakest, null);
  }
  setNext(sheet, takeHome, words);
  if (room !== null) prose(sheet, words.room, room);
  if (plan !== null) setPlan(sheet, plan, words);
  setStatements(sheet, takeHome, words);
  if (sheet.replaced) {
    sheet.y += 2 * GAP;
    sheet.flow('P', words.missing, SMALL, FULL);
  }
}

function setScores(sheet: Sheet, { poles }: TakeHome, words: Words): void {
  section(sheet, words.scores, 66);
  const { x, width } = MAIN;
  for (const side of [0, 1] as const) {
    const { name, sum, most } = poles[side];
    if (side === 1) sheet.y += GAP + 2;
    const line = sheet.element('P');
    const points = { x: x + width, y: sheet.y, align: 'right' } as const;
    sheet.flow('Span', name, BODY, { x, width: width - 70 }, { parent: line });
    sheet.place('Span', words.score(sum, most), FIRM, points, line);
    const bar = { x, y: sheet.y + 2, width };
    sheet.artifact((doc) => scoreBar(doc, side, bar, most > 0 ? sum / most : 0));
    sheet.y += 11;
  }
}

/** @param none what to say of a pole without texts; null: leave it out */
function setBySide(
  sheet: Sheet,
  { poles }: TakeHome,
  texts: readonly [string[], string[]],
  none: string | null,
): void {
  const sides = ([0, 1] as const).filter((side) => none !== null || texts[side].length > 0);
  sides.forEach((side, index) => {
    if (index > 0) sheet.y += GAP;
    sheet.keep(3 * BODY.leading);
    poleHeading(sheet, side, poles[side].name);
    if (texts[side].length === 0) sheet.flow('P', none ?? '', QUIET, ITEM);
    else bulletList(sheet, texts[side], 'dot');
  });
}

function setNext(sheet: Sheet, { next, poles, plan }: TakeHome, words: Words): void {
  section(sheet, words.next, 80);
  // Both poles' trials beside the one that was chosen would be a third page; the other files have them.
  const chosen = next.length > 1 && plan !== null && plan.trial !== null;
  next.forEach(({ pole, tests, trials: all }, index) => {
    // A pole without tests keeps its trials: a heading alone would say nothing.
    const trials = chosen && tests.length > 0 ? [] : all;
    if (index > 0) sheet.y += GAP + 2;
    const height = [tests, trials].reduce(
      (sum, texts) => sum + stepsHeight(sheet, texts),
      FIRM.leading,
    );
    // Torn, the second half would not say which pole it speaks of.
    sheet.keep(Math.min(height, TALLEST_STEPS));
    poleHeading(sheet, pole, poles[pole].name);
    setSteps(sheet, words.tests, tests);
    setSteps(sheet, words.trials, trials);
  });
}

/** As `setSteps` sets them. */
function stepsHeight(sheet: Sheet, texts: readonly string[]): number {
  const lead = texts.length > 0 ? 2 + SMALL.leading : 0;
  return texts.reduce((sum, text) => sum + sheet.height(text, BODY, ITEM) + BETWEEN, lead);
}

function setSteps(sheet: Sheet, lead: string, texts: readonly string[]): void {
  if (texts.length === 0) return;
  sheet.keep(SMALL.leading + 2 * BODY.leading);
  sheet.y += 2;
  sheet.flow('P', lead, SMALL, ITEM);
  bulletList(sheet, texts, 'box');
}

/** The poles' shapes: the first is round, the second a diamond, so that no colour is needed to tell them apart. */
import { PALETTE } from './palette.ts';

type Doc = PDFKit.PDFDocument;

/** Heights and widths are points. */
const BAR_HEIGHT = 7;
const MARK_SIZE = 6.4;
const MARK_STEP = 11.5;

/** A pole's shape, `size` wide and high, around a centre. */
export function poleShape(doc: Doc, side: 0 | 1, x: number, y: number, size: number): Doc {
  const half = size / 2;
  if (side === 0) return doc.circle(x, y, half * 0.94);
  const tip = half * 1.14;
  return doc.polygon([x, y - tip], [x + tip, y], [x, y + tip], [x - tip, y]);
}

/**
 * A score as a bar on its track, ending in its pole's shape.
 * @param share filled, 0 to 1
 */
export function scoreBar(
  doc: Doc,
  side: 0 | 1,
  at: { x: number; y: number; width: number },
  share: number,
): void {
  const { x, y, width } = at;
  const middle = y + BAR_HEIGHT / 2;
  doc
    .lineWidth(0.6)
    .moveTo(x, middle)
    .lineTo(x + width, middle)
    .stroke(PALETTE.edge);
  const end = x + Math.max(BAR_HEIGHT, width * Math.min(1, Math.max(0, share)));
  doc.rect(x, y + 1, end - x - BAR_HEIGHT / 2, BAR_HEIGHT - 2).fill(PALETTE.poles[side]);
  poleShape(doc, side, end - BAR_HEIGHT / 2, middle, BAR_HEIGHT + 3).fill(PALETTE.poles[side]);
  doc
    .lineWidth(0.6)
    .moveTo(x + width, y)
    .lineTo(x + width, y + BAR_HEIGHT)
    .stroke(PALETTE.edge);
}

/** Five marks in the pole's shape, the answered one filled. @param y their middle */
export function answerMarks(doc: Doc, side: 0 | 1, x: number, y: number, answer: number): void {
  for (let mark = 1; mark <= 5; mark++) {
    const centre = x + MARK_SIZE / 2 + (mark - 1) * MARK_STEP;
    if (mark === answer) poleShape(doc, side, centre, y, MARK_SIZE).fill(PALETTE.poles[side]);
    else
      poleShape(doc, side, centre, y, MARK_SIZE - 0.8)
        .lineWidth(0.6)
        .stroke(PALETTE.edge);
  }
}

/** An empty box to tick on paper. */
export function tickBox(doc: Doc, x: number, y: number): void {
  doc
    .lineWidth(0.7)
    .rect(x - 3, y - 3, 6, 6)
    .stroke(PALETTE.edge);
}

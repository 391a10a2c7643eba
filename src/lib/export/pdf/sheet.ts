/**
 * A4 pages that text flows down: sets lines, breaks pages, and tags all it draws, so that a screen
 * reader meets headings, lists and tables in reading order. All lengths are points (1/72 inch).
 */
import { breakEvenly } from './lines.ts';
import { PALETTE } from './palette.ts';
import type { Weight } from './subsets.ts';
import { TaggedText } from './tagged.ts';
import type { Typeface } from './typeface.ts';

export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { left: 57, right: 57, top: 56, bottom: 72 } as const;
export const FULL = { x: MARGIN.left, width: PAGE.width - MARGIN.left - MARGIN.right } as const;

/** Above the lower edge of the page. */
const FOOT = 46;

export interface Style {
  size: number;
  leading: number;
  weight: Weight;
  colour: string;
}
export interface Column {
  x: number;
  width: number;
}
/** `align: 'right'`: `x` is the right end. */
export interface Place {
  x: number;
  y: number;
  align?: 'right';
}
export type Element = PDFKit.PDFStructureElement;

export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly root: Element;
  #typeface: Typeface;
  #scale: number;
  /** Top of the next line. */
  y: number = MARGIN.top;

  /** @param scale of all that is set: smaller, and more fits onto a page */
  constructor(doc: PDFKit.PDFDocument, typeface: Typeface, scale: number) {
    this.doc = doc;
    this.#typeface = typeface;
    this.#scale = scale;
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
    this.#turn();
  }

  /** Where the foot of a page stands. */
  get foot(): number {
    return PAGE.height / this.#scale - FOOT;
  }

  get #bottom(): number {
    return PAGE.height / this.#scale - MARGIN.bottom;
  }

  get pages(): number {
    return this.doc.bufferedPageRange().count;
  }

  /** Whether a “?” was set for a character the typeface does not have. */
  get replaced(): boolean {
    return this.#typeface.replaced;
  }

  /**
   * Starts a new page unless `height` is left on this one, or would not fit on any.
   * @returns whether it did
   */
  keep(height: number): boolean {
    const whole = this.#bottom - MARGIN.top;
    const turns = this.y + height > this.#bottom && this.y > MARGIN.top && height <= whole;
    if (turns) this.#turn();
    return turns;
  }

  /** An element that others are added to: `L`, `LI`, `Table`, `TR`. */
  element(tag: string, parent: Element = this.root): Element {
    const element = this.doc.struct(tag);
    parent.add(element);
    return element;
  }

  /** Lines that `text` takes in a column. */
  lines(text: string, style: Style, { width }: Column): string[] {
    return breakEvenly(text, width, (part) => this.#width(part, style));
  }

  height(text: string, style: Style, column: Column): number {
    return this.lines(text, style, column).length * style.leading;
  }

  /** Sets text from `y` down, over as many pages as it takes, and leaves `y` below it. */
  flow(
    tag: string,
    text: string,
    style: Style,
    column: Column,
    options: { parent?: Element; scope?: 'Column' | 'Row' } = {},
  ): void {
    const { parent = this.root, scope } = options;
    const tagged = new TaggedText(this.doc, tag);
    for (const line of this.lines(text, style, column)) {
      if (this.y + style.leading > this.#bottom) {
        tagged.close();
        this.#turn();
      }
      this.#set(line, style, column.x, this.y, tagged);
      this.y += style.leading;
    }
    tagged.close();
    parent.add(this.doc.struct(tag, scope ? { scope } : {}, tagged.children));
  }

  /** One tagged line at a place of its own; `y` stays. */
  place(tag: string, text: string, style: Style, at: Place, parent: Element = this.root): void {
    const tagged = new TaggedText(this.doc, tag);
    this.#set(text, style, this.#start(text, style, at), at.y, tagged);
    tagged.close();
    parent.add(this.doc.struct(tag, {}, tagged.children));
  }

  /** Draws what only the eye needs: a screen reader passes it by. */
  artifact(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw(this.doc);
    this.doc.endMarkedContent();
  }

  /** A line of text as an artifact: page numbers, repeated footers. */
  placeArtifact(text: string, style: Style, at: Place): void {
    this.doc.markContent('Artifact', { type: 'Pagination' });
    this.#set(text, style, this.#start(text, style, at), at.y);
    this.doc.endMarkedContent();
  }

  rule(y: number, { x, width }: Column = FULL): void {
    this.artifact((doc) => {
      doc
        .lineWidth(0.6)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke(PALETTE.rule);
    });
  }

  /** The middle of a line's small letters: where a bullet stands. */
  middle(style: Style): number {
    return baseline(this.y, style) - style.size * 0.25;
  }

  #turn(): void {
    this.doc.addPage();
    this.doc.translate((PAGE.width * (1 - this.#scale)) / 2, 0).scale(this.#scale);
    this.y = MARGIN.top;
  }

  #width(text: string, { size, weight }: Style): number {
    return this.#typeface
      .pieces(text, weight)
      .reduce((sum, { text, font }) => sum + this.#font(font, size).widthOfString(text), 0);
  }

  #start(text: string, style: Style, { x, align }: Place): number {
    return align === 'right' ? x - this.#width(text, style) : x;
  }

  #set(line: string, style: Style, x: number, y: number, tagged?: TaggedText): void {
    const at = baseline(y, style);
    let start = x;
    for (const { text, font, actual } of this.#typeface.pieces(line, style.weight)) {
      const draw = () => {
        this.#font(font, style.size).fillColor(style.colour);
        this.doc.text(text, start, at, { lineBreak: false, baseline: 'alphabetic' });
      };
      if (tagged) tagged.draw(draw, actual);
      else draw();
      start += this.#font(font, style.size).widthOfString(text);
    }
  }

  #font(font: string, size: number): PDFKit.PDFDocument {
    return this.doc.font(font).fontSize(size);
  }
}

function baseline(y: number, { size, leading }: { size: number; leading: number }): number {
  return y + leading / 2 + size * 0.33;
}

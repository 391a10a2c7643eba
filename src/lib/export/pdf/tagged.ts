/** Text of one structure element as it is drawn, piece by piece and page by page. */
type Doc = PDFKit.PDFDocument;

export class TaggedText {
  readonly children: PDFKit.PDFStructureElementChild[] = [];
  #doc: Doc;
  #tag: string;
  #open = false;

  constructor(doc: Doc, tag: string) {
    this.#doc = doc;
    this.#tag = tag;
  }

  /** @param actual what to read aloud and copy instead of what is drawn */
  draw(draw: () => void, actual?: string): void {
    if (actual !== undefined) {
      this.close();
      const content = this.#doc.markStructureContent('Span');
      draw();
      this.#doc.endMarkedContent();
      this.children.push(this.#doc.struct('Span', { actual }, content));
      return;
    }
    if (!this.#open) this.children.push(this.#doc.markStructureContent(this.#tag));
    this.#open = true;
    draw();
  }

  /** Before a page ends, and when all is drawn; drawing on opens it again. */
  close(): void {
    if (this.#open) this.#doc.endMarkedContent();
    this.#open = false;
  }
}

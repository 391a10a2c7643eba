/** A real PDF reader (PDF.js) for the tests: what a person or a screen reader would find. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextItem, TextMarkedContent } from 'pdfjs-dist/types/src/display/api.js';

/** Points from the page's lower left; `y`: the baseline. */
export interface Word {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  /** Whether it lies in marked content: tagged, or declared an artifact. */
  marked: boolean;
}
export interface Tag {
  role: string;
  children: Tag[];
}
export interface Read {
  pages: Word[][];
  /** All text, in the order of the pages' content, single spaces. */
  text: string;
  title: string;
  language: string;
  marked: boolean;
  tags: Tag[];
}

export async function readPdf(bytes: Uint8Array): Promise<Read> {
  // PDF.js takes the memory over.
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 });
  const doc = await task.promise;
  const { info } = (await doc.getMetadata()) as { info: { Title: string; Language: string } };
  const pages: Word[][] = [];
  const tags: Tag[] = [];
  for (let number = 1; number <= doc.numPages; number++) {
    const page = await doc.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    pages.push(wordsOf(items));
    tags.push(tagOf((await page.getStructTree()) ?? {}));
  }
  const markInfo = (await doc.getMarkInfo()) as unknown as Map<string, boolean> | null;
  await task.destroy();
  return {
    pages,
    text: pages.map(spoken).join(' ').replace(/\s+/g, ' '),
    title: info.Title,
    language: info.Language,
    marked: markInfo?.get('Marked') === true,
    tags,
  };
}

/** Every role of the trees, in reading order. */
export function roles(tags: readonly Tag[]): string[] {
  return tags.flatMap(({ role, children }) => [role, ...roles(children)]);
}

/** Runs of two font files that touch are one word. */
function spoken(words: readonly Word[]): string {
  return words.reduce((text, { text: next, x, y }, index) => {
    const before = words[index - 1];
    const touches = before?.y === y && Math.abs(before.x + before.width - x) < 0.5;
    return touches ? text + next : `${text} ${next}`;
  }, '');
}

function wordsOf(items: readonly (TextItem | TextMarkedContent)[]): Word[] {
  let depth = 0;
  return items.flatMap((item): Word[] => {
    if ('type' in item) {
      depth += item.type === 'endMarkedContent' ? -1 : 1;
      return [];
    }
    if (item.str.trim() === '') return [];
    const [, , , size = 0, x = 0, y = 0] = item.transform as number[];
    return [{ text: item.str, x, y, width: item.width, size, marked: depth > 0 }];
  });
}

interface Node {
  role?: string;
  type?: string;
  children?: Node[];
}

/** The part of a page's tree that has content there: PDF.js also lists what other pages hold. */
function tagOf({ role = '', children = [] }: Node): Tag {
  return { role, children: children.filter((one) => one.role && hasContent(one)).map(tagOf) };
}

function hasContent({ type, children = [] }: Node): boolean {
  return type === 'content' || children.some(hasContent);
}

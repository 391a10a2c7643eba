/**
 * The summary as PDF, made on this device: A4, real text, tagged, with title and language (PDF/UA).
 * Loaded only when asked for: the library behind it outweighs the rest of the phone's code.
 */
import PDFDocument from 'pdfkit';
import { footers } from './pdf/parts.ts';
import { MARGIN, Sheet } from './pdf/sheet.ts';
import { setSummary } from './pdf/summary.ts';
import type { FontSource } from './pdf/subsets.ts';
import { Typeface } from './pdf/typeface.ts';
import type { TakeHome } from './take-home.ts';
import { wordsFor, type Words } from './words.ts';

/** As people want it on paper. */
const PAGES = 2;
/** A summary of one page more is set smaller; at 0.82 its text still has 8.6 points. */
const SMALLER = [0.93, 0.87, 0.82];

/**
 * @param fonts where font files come from: `fetchedFonts` in a browser
 * @returns the file's bytes: the same for the same summary
 * @throws when the Latin font files cannot be had
 */
export async function toPdf(takeHome: TakeHome, fonts: FontSource): Promise<Uint8Array> {
  const words = wordsFor(takeHome);
  const set = async (scale: number) => {
    const doc = new PDFDocument(optionsOf(takeHome, words));
    const bytes = collect(doc);
    const text = JSON.stringify([takeHome, words]);
    const sheet = new Sheet(doc, await Typeface.load(doc, text, fonts), scale);
    setSummary(sheet, takeHome, words);
    const finish = () => {
      footers(sheet, words);
      sheet.root.end();
      doc.end();
      return bytes;
    };
    return { pages: sheet.pages, finish };
  };
  const whole = await set(1);
  if (whole.pages !== PAGES + 1) return whole.finish();
  for (const scale of SMALLER) {
    const { pages, finish } = await set(scale);
    if (pages <= PAGES) return finish();
  }
  return whole.finish();
}

function optionsOf({ date, language }: TakeHome, words: Words): PDFKit.PDFDocumentOptions {
  const options: PDFKit.PDFDocumentOptions = {
    size: 'A4',
    margins: MARGIN,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    // None: a built-in Helvetica would have to be loaded and could not be embedded.
    font: '',
    info: {
      Title: words.title,
      Creator: 'Crossroads',
      Producer: 'Crossroads',
      CreationDate: new Date(`${date}T12:00:00Z`),
    },
  };
  // The published types do not know this subset yet.
  return Object.assign(options, { subset: 'PDF/UA' });
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('error', reject);
    doc.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      resolve(bytes);
    });
  });
}

/**
 * The product's typeface in a PDF. It comes as small files, one per script and weight; only those
 * the text needs are loaded, and only the glyphs it uses are embedded. What no file holds (emoji,
 * Chinese, Arabic …) becomes a visible “?” that still carries the real characters for copying and
 * reading aloud.
 */
import { create, type Font } from 'fontkit';
import { subsetsOf, WEIGHTS, type FontSource, type Weight } from './subsets.ts';

/** Text set in one font file. `actual`: the characters that “?” stands for. */
export interface Piece {
  text: string;
  font: string;
  actual?: string;
}

interface Face {
  name: string;
  weight: Weight;
  font: Font;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @returns the single visible characters of a text, marks and joined emoji kept together */
export function characters(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

export class Typeface {
  #faces: readonly Face[];
  #replaced = false;

  private constructor(faces: readonly Face[]) {
    this.#faces = faces;
  }

  /**
   * Loads and registers what `text` needs.
   * @throws whatever `source` throws for the subset `latin`; others are done without
   */
  static async load(doc: PDFKit.PDFDocument, text: string, source: FontSource): Promise<Typeface> {
    const subsets = subsetsOf(text);
    const wanted = subsets.flatMap((subset) => WEIGHTS.map((weight) => ({ subset, weight })));
    const loaded = await Promise.all(
      wanted.map(async ({ subset, weight }): Promise<Face[]> => {
        try {
          const bytes = await source(subset, weight);
          const name = `${subset}-${weight}`;
          doc.registerFont(name, bytes);
          return [{ name, weight, font: parse(bytes) }];
        } catch (error) {
          if (subset === 'latin') throw error;
          return [];
        }
      }),
    );
    return new Typeface(loaded.flat());
  }

  /** Whether any “?” was set in place of something else so far. */
  get replaced(): boolean {
    return this.#replaced;
  }

  /** Splits one line of text into runs of one font file each, in order. */
  pieces(text: string, weight: Weight): Piece[] {
    const pieces: Piece[] = [];
    for (const character of characters(text.normalize('NFC'))) {
      // Joiners, variation selectors and soft hyphens: nothing to see, and no glyph for them.
      const visible = character.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
      if (visible === '') continue;
      const face = this.#faceFor(visible, weight);
      const last = pieces.at(-1);
      if (face === undefined) {
        this.#replaced = true;
        if (last?.actual === undefined) {
          const font = this.#faceFor('?', weight)?.name ?? '';
          pieces.push({ text: '?', font, actual: character });
        } else {
          last.text += '?';
          last.actual += character;
        }
      } else if (last?.font === face.name && last.actual === undefined) {
        last.text += visible;
      } else {
        pieces.push({ text: visible, font: face.name });
      }
    }
    return pieces;
  }

  /** The wanted weight before the other one: a letter in the wrong weight beats a “?”. */
  #faceFor(character: string, weight: Weight): Face | undefined {
    const holds = ({ font }: Face) =>
      [...character].every((point) => font.hasGlyphForCodePoint(point.codePointAt(0) ?? 0));
    return (
      this.#faces.find((face) => face.weight === weight && holds(face)) ?? this.#faces.find(holds)
    );
  }
}

function parse(bytes: Uint8Array): Font {
  // The types ask for Node's Buffer, which no browser has; any bytes will do.
  const font = create(bytes as Buffer);
  if ('fonts' in font) throw new TypeError('a font collection where one font was expected');
  return font;
}

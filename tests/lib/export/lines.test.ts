import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakEvenly, breakLines } from '$lib/export/pdf/lines';

/** One unit per character. */
const count = (text: string) => [...text].length;
const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
  maxLength: 40,
});

describe('breakLines', () => {
  test('first fit, at spaces and after hyphens, dashes and slashes', () => {
    expect(breakLines('a team that decides', 9, count)).toEqual(['a team ', 'that ', 'decides']);
    expect(breakLines('a well-meant and/or plan', 8, count)).toEqual([
      'a well-',
      'meant ',
      'and/or ',
      'plan',
    ]);
    expect(breakLines('  \n ', 8, count)).toEqual([]);
  });

  test('cuts a word that is wider than a line', () => {
    expect(breakLines('so abcdefghij k', 4, count)).toEqual(['so ', 'abcd', 'efgh', 'ij k']);
  });

  test('no line is too wide and nothing is lost', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (parts, width) => {
        const text = parts.join(' ');
        for (const lines of [breakLines(text, width, count), breakEvenly(text, width, count)]) {
          // A single character may be more than one code point wide.
          const tooWide = lines.filter(
            (line) =>
              count(line.trimEnd()) > width && [...new Intl.Segmenter().segment(line)].length > 1,
          );
          expect(tooWide).toEqual([]);
          expect(lines.join('')).toBe(text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, ''));
        }
      }),
    );
  });
});

describe('breakEvenly', () => {
  test('a forgotten last word gets company where that costs no line', () => {
    const text = 'several teams stand behind them now ok';
    expect(breakLines(text, 35, count)).toEqual(['several teams stand behind them now ', 'ok']);
    expect(breakEvenly(text, 35, count)).toEqual(['several teams stand behind ', 'them now ok']);
    expect(breakEvenly('short', 35, count)).toEqual(['short']);
  });
});

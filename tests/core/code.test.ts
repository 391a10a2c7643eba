import { describe, expect, test } from 'vitest';
import { CODE_ALPHABET, CODE_LENGTH, normaliseCode, spacedCode } from '#core/code.ts';

describe('S1: room codes', () => {
  test('the alphabet has no vowels, no twins and nothing that is taken for something else', () => {
    expect(new Set(CODE_ALPHABET).size).toBe(24);
    expect(CODE_ALPHABET).not.toMatch(/[AEIOUYBSZL01]/);
    expect(CODE_LENGTH).toBe(6);
  });

  test.each([
    ['K7M2QX', 'K7M2QX'],
    ['k7m2qx', 'K7M2QX'],
    ['  k7m 2qx ', 'K7M2QX'],
    ['K7M-2QX', 'K7M2QX'],
    ['K7M\u20132QX', 'K7M2QX'],
    ['k7m\u00a02qx', 'K7M2QX'],
    ['Ｋ７Ｍ２ＱＸ', 'K7M2QX'],
    ['bszuck', '852VCK'],
  ])('%j is read as %s', (typed, code) => {
    expect(normaliseCode(typed)).toBe(code);
  });

  test.each([
    '',
    '   ',
    'K7M2Q',
    'K7M2QXX',
    'K7M2QA',
    'K7M2Q0',
    'K7M2Q1',
    'K7M2Qß',
    'K7M2Q!',
    '😀7M2QX',
  ])('%j cannot be a code', (typed) => {
    expect(normaliseCode(typed)).toBeNull();
  });

  test('what is shown in two groups can be typed back', () => {
    expect(spacedCode('K7M2QX')).toBe('K7M 2QX');
    expect(normaliseCode(spacedCode('K7M2QX'))).toBe('K7M2QX');
  });
});

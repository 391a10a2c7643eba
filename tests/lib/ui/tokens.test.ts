/** Contrast as WCAG 2.2 defines it, computed from the tokens themselves. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/lib/ui/tokens.css', import.meta.url), 'utf8');

type Theme = Record<string, string>;

const blocks = [...css.matchAll(/(?::root|\.wall) \{([^}]*--paper: #[^}]*)\}/g)].map(
  ([, body = '']): Theme =>
    Object.fromEntries(
      [...body.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
        name,
        hex,
      ]),
    ),
);
const [light, dark, wall, wallDark] = blocks;
const themes = { light, dark, wall, 'wall dark': wallDark } as Record<string, Theme>;
const GROUNDS = ['paper', 'raised', 'sunk'];

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a = '', b = ''): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

it('finds the four themes', () => {
  expect(blocks).toHaveLength(4);
});

describe.each(Object.entries(themes))('%s theme', (name, theme) => {
  const onEveryGround = (token: string) =>
    Math.min(...GROUNDS.map((ground) => contrast(theme[token], theme[ground])));

  it.each(['ink', 'soft'])('%s text is at least 7:1', (token) => {
    expect(onEveryGround(token)).toBeGreaterThanOrEqual(7);
  });

  it.each(['accent', 'danger'])('%s text is at least 4.5:1, on the wall 7:1', (token) => {
    expect(onEveryGround(token)).toBeGreaterThanOrEqual(name.startsWith('wall') ? 7 : 4.5);
  });

  it.each(['pole-first', 'pole-second', 'pole-middle', 'edge'])('%s is at least 3:1', (token) => {
    expect(onEveryGround(token)).toBeGreaterThanOrEqual(3);
  });

  it('tells the poles apart by lightness alone', () => {
    expect(contrast(theme['pole-first'], theme['pole-second'])).toBeGreaterThanOrEqual(2);
    expect(luminance(theme['pole-first'] ?? '')).toBeLessThan(
      luminance(theme['pole-second'] ?? ''),
    );
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PALETTE } from '$lib/export/pdf/palette';

test('the paper wears the identity: colours equal the light theme of tokens.css', () => {
  const css = readFileSync(resolve(import.meta.dirname, '../../../src/lib/ui/tokens.css'), 'utf8');
  const light = css.slice(0, css.indexOf('@media'));
  const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(light)?.[1];
  expect(PALETTE).toEqual({
    ink: token('ink'),
    soft: token('soft'),
    rule: token('rule'),
    edge: token('edge'),
    poles: [token('pole-first'), token('pole-second')],
  });
});

import { expect, it } from 'vitest';
import { REASONS } from '#protocol/reasons.ts';
import { reasonText } from '$lib/ui/reasons';

it.each(REASONS)('says what “%s” means and what to do, in sentences of its own', (reason) => {
  const text = reasonText(reason);
  expect(text).toMatch(/^[A-Z].*[.?:!]/);
  expect(text).not.toContain(reason.includes('-') ? reason : '{');
  expect(REASONS.filter((other) => reasonText(other) === text)).toEqual([reason]);
});

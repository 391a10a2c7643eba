import { expect, test } from 'vitest';
import type { HostView } from '#protocol/views.ts';
import { pressLabel } from '../../../src/lib/host/labels.ts';
import type { Press } from '../../../src/lib/host/press.ts';

const to = { step: 'step', stage: 'stage' };
const workshop: HostView['workshop'] = {
  id: 'w',
  title: 'W',
  language: 'en',
  languages: ['en'],
  poles: [
    { id: 'staff', name: 'Staff Engineer', short: 'Staff' },
    { id: 'em', name: 'Engineering Manager', short: 'EM' },
  ],
};

test.each<[Press, string]>([
  [{ does: 'open', to }, 'Open the vote'],
  [{ does: 'close', to }, 'Close and count'],
  [{ does: 'show', to }, 'Show the result'],
  [{ does: 'talk', to }, 'Talk about it instead'],
  [{ does: 'step', title: 'Two calendars', to }, 'Next: Two calendars'],
  [{ does: 'stage', stage: 'first', to }, 'Show Staff Engineer'],
  [{ does: 'stage', stage: 'both', to }, 'Show Engineering Manager'],
  [{ does: 'stage', stage: 'move-2', to }, 'Next'],
])('a press that does %j is labelled “%s”', (press, label) => {
  expect(pressLabel(press, { workshop, aside: to })).toBe(label);
});

test('a question that cannot be talked about instead is not called a vote', () => {
  expect(pressLabel({ does: 'open', to }, { workshop, aside: null })).toBe('Open for answers');
});

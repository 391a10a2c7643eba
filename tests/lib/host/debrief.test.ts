/** A spoken question for every shape of result, in the words of the workshop's own poles. */
import { expect, test } from 'vitest';
import type { Outcome } from '#core/disclosure.ts';
import { debriefOf } from '../../../src/lib/host/debrief.ts';

type Scale = Parameters<typeof debriefOf>[1];
type Poles = Parameters<typeof debriefOf>[2];

const POLES: Poles = [
  { id: 'tea', name: 'Tea', short: 'Tea' },
  { id: 'coffee', name: 'Coffee', short: 'Coffee' },
];
const SCALES: Scale[] = [
  { of: 'lean' },
  { of: 'spectrum' },
  { of: 'movement' },
  { of: 'claim' },
  { of: 'options', options: ['a', 'b', 'c'], nested: false },
];
const spread = (...counts: number[]): Outcome => ({
  outcome: 'spread',
  n: counts.reduce((sum, each) => sum + each, 0),
  grain: 'cells',
  counts,
});
const OUTCOMES: Outcome[] = [
  { outcome: 'withheld', minimum: 5 },
  ...[0, 1, 2].map((band): Outcome => ({ outcome: 'veiled', n: 12, atLeast: 9, band })),
  spread(7, 2, 3),
  spread(3, 2, 7),
  spread(2, 8, 2),
  spread(6, 0, 6),
  spread(4, 4, 4),
];

test('every shape on every scale has its name and two different questions to say aloud', () => {
  for (const scale of SCALES)
    for (const outcome of OUTCOMES) {
      const { shape, asks } = debriefOf(outcome, scale, POLES);
      expect(shape).not.toBe('');
      expect(new Set(asks).size).toBe(2);
      for (const ask of asks) expect(ask).toMatch(/^Ask: .+\?$/);
    }
});

test('the larger side is called by its name, and only a side that was published', () => {
  const ask = (outcome: Outcome) => debriefOf(outcome, { of: 'lean' }, POLES).asks[0];
  expect(ask(spread(7, 2, 3))).toContain('Tea');
  expect(ask(spread(3, 2, 7))).toContain('Coffee');
  expect(ask({ outcome: 'veiled', n: 12, atLeast: 9, band: 2 })).toContain('Coffee');
  expect(ask({ outcome: 'veiled', n: 12, atLeast: 9, band: 1 })).toContain('mix of Tea and Coffee');
});

test('statements that split the room are asked about once they are shown', () => {
  const asked = (splits: number) => debriefOf(spread(4, 4, 4), { of: 'lean' }, POLES, splits).asks;
  expect(asked(0)[0]).not.toContain('statements');
  expect(asked(2)[0]).toContain('statements');
});

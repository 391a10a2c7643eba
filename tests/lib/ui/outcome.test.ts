import { describe, expect, it } from 'vitest';
import { disclose, FIVE_IN_THREE, flatBands, POLICIES } from '#core/disclosure.ts';
import { outcomeSentence, rowsOf, sideOf } from '$lib/ui/charts/outcome';
import { leanLabels, movementLabels, mythLabels, pollLabels, spectrumLabels } from '$lib/ui/labels';

const poles: Parameters<typeof leanLabels>[0] = [
  { id: 'staff', name: 'Staff Engineer', short: 'Staff' },
  { id: 'em', name: 'Engineering Manager', short: 'EM' },
];
const lean = leanLabels(poles);
const policy = POLICIES.standard;

function say(counts: number[], { cells, bands } = lean): string {
  const nesting = bands.length < cells.length ? FIVE_IN_THREE : flatBands(cells.length);
  return outcomeSentence(disclose(counts, nesting, policy), cells, bands);
}

describe('the sentence beside a chart', () => {
  it('says below the minimum only how many are needed (DISC-1)', () => {
    expect(say([2, 1, 0, 0, 1])).toBe(
      'Fewer than 5 answered. Nothing is shown, to protect everyone.',
    );
  });

  it('names the five bins where they were published (DISC-2)', () => {
    expect(say([2, 4, 3, 2, 1])).toBe(
      '12 answered. Strongly Staff: 2, Leaning Staff: 4, Balanced: 3, Leaning EM: 2, Strongly EM: 1.',
    );
  });

  it('names the bands where only bands were published (DISC-2)', () => {
    expect(say([1, 2, 1, 0, 2])).toBe('6 answered. Staff side: 3, Balanced: 1, EM side: 2.');
  });

  it('says of a veiled room the least number and the band, and never another count (DISC-3)', () => {
    expect(say([4, 4, 0, 0, 0])).toBe(
      '5 or more of 8: Staff side. Nearly everyone is together here, so exact numbers stay veiled.',
    );
    expect(say([8, 0, 0, 0, 0])).toBe(say([3, 3, 1, 0, 1]));
  });

  it('tells short options whole, of wordy ones only the most frequent, ties included', () => {
    expect(say([3, 2, 7], mythLabels())).toBe('12 answered. Agree: 3, Unsure: 2, Disagree: 7.');
    const wordy = ['A', 'B', 'C', 'D'].map((option) => `${option} as in a long sentence of a poll`);
    expect(say([4, 3, 4, 1], pollLabels(wordy, false))).toBe(
      `12 answered. Most often: “${wordy[0]}”: 4, “${wordy[2]}”: 4.`,
    );
  });
});

describe('labels', () => {
  it.each([lean, spectrumLabels(poles), pollLabels(['a', 'b', 'c', 'd', 'e'], true)])(
    'nest five cells into three bands (DISC-2)',
    ({ cells, bands }) => {
      expect(cells).toHaveLength(FIVE_IN_THREE.flat().length);
      expect(bands).toHaveLength(FIVE_IN_THREE.length);
      expect(new Set([...cells]).size).toBe(cells.length);
    },
  );

  it('go from the first pole to the second', () => {
    expect(lean.cells).toEqual([
      'Strongly Staff',
      'Leaning Staff',
      'Balanced',
      'Leaning EM',
      'Strongly EM',
    ]);
    expect(movementLabels(poles).cells).toEqual(['Towards Staff', 'Unchanged', 'Towards EM']);
  });

  it('follow the published grain', () => {
    const bands = disclose([1, 2, 1, 0, 2], FIVE_IN_THREE, policy);
    if (bands.outcome !== 'spread') throw new Error('expected a spread');
    expect(rowsOf(bands, lean.cells, lean.bands)).toEqual([
      { label: 'Staff side', count: 3 },
      { label: 'Balanced', count: 1 },
      { label: 'EM side', count: 2 },
    ]);
  });
});

describe('the side of a cell', () => {
  it('is symmetrical, with a middle only where there is one', () => {
    expect([0, 1, 2, 3, 4].map((index) => sideOf(index, 5))).toEqual([0, 0, 'middle', 1, 1]);
    expect([0, 1, 2].map((index) => sideOf(index, 3))).toEqual([0, 'middle', 1]);
    expect([0, 1].map((index) => sideOf(index, 2))).toEqual([0, 1]);
  });
});

import { describe, expect, test } from 'vitest';
import { scaleFaults } from '#slides/assessment/scale.ts';
import { POLES } from './steps.ts';

const statements = (perPole: number) =>
  POLES.flatMap(({ id }) => Array.from({ length: perPole }, () => ({ pole: id })));

describe('T2 jointly: a scale that could undo its own veil does not load', () => {
  test.each([
    [6, 5, []],
    [6, 6, ['balanced']],
    [1, 0, []],
    [1, 1, ['balanced']],
  ])('%i statements per pole, balanced up to %i: %j', (perPole, balanced, fields) => {
    const scale = { balanced, leaning: balanced + 1, high: perPole * 4, low: perPole * 2 };
    const faults = scaleFaults(statements(perPole), scale, POLES);
    expect(faults.map(({ path }) => path.at(-1))).toEqual(fields);
  });
});

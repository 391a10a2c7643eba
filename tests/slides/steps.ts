/**
 * One step of every kind, in which each text says from which stage on it may be seen: `text@stage`,
 * `text@always` from the first, `text@never` for what no phone or screen gets.
 */
import fc from 'fast-check';
import type { Release } from '#core/round.ts';
import type { Poles } from '#slides/kind.ts';
import { KINDS, kindOf, type KindName, type Step } from '#slides/kinds.ts';

export const POLES: Poles = [
  { id: 'staff', name: 'Staff Engineer', short: 'Staff' },
  { id: 'em', name: 'Engineering Manager', short: 'EM' },
];

let serial = 0;
const text = (stage: string) => `text${++serial}@${stage}`;
const line = (stage: string) => ({ text: text(stage), topics: ['topic-never'] });
const listOf = <T>(size: number, make: (index: number) => T) =>
  Array.from({ length: size }, (_, index) => make(index));

const base = () => ({
  id: 'step',
  title: text('always'),
  topics: ['topic-never'],
  minutes: 5,
  notes: text('never'),
  cue: text('never'),
});

/** Raw content by kind; sizes from 0 choose how long its lists are. */
const RAW: Record<KindName, (size: number, flag: boolean) => object> = {
  assessment: (size) => ({
    question: 'asked',
    lead: text('always'),
    statements: listOf(2 + size, (index) => ({
      id: `statement-${index}`,
      pole: index % 2 === 0 ? 'staff' : 'em',
      text: text('always'),
      test: line('always'),
    })),
    scale: { balanced: 0, leaning: 3, high: 4, low: 2 },
    readings: {
      first: text('always'),
      second: text('always'),
      both: text('always'),
      hybrid: text('always'),
      neither: text('always'),
    },
    trials: [[line('always')], [line('always')]],
  }),
  closing: (size) => ({
    lead: text('always'),
    sentences: [line('always'), text('always')],
    points: listOf(1 + (size % 5), () => line('always')),
  }),
  compare: (size) => ({
    lead: text('always'),
    columns: [
      { lines: listOf(1 + size, () => line('first')) },
      { lines: listOf(1 + size, () => line('both')) },
    ],
    close: text('both'),
  }),
  discussion: (size) => ({
    ask: text('always'),
    prompts: listOf(1 + (size % 6), () => line('always')),
    seconds: 120,
  }),
  distribution: () => ({
    question: 'asked',
    prompts: {
      withheld: text('never'),
      veiled: text('never'),
      spread: text('shown'),
      split: text('statements'),
    },
    statements: { split: text('statements'), veiled: text('never') },
  }),
  gut: () => ({ feeling: 'feeling', ask: text('always') }),
  movement: () => ({ question: 'asked', feeling: 'feeling', ask: text('always') }),
  myth: (size) => ({
    question: 'asked',
    claim: text('always'),
    truth: text('truth'),
    because: listOf(1 + (size % 4), () => line('truth')),
  }),
  points: (size, each) => ({
    lead: text('always'),
    reveal: each ? 'each' : 'all',
    points: listOf(1 + size, (index) => line(each ? `point-${index + 1}` : 'always')),
  }),
  poll: (size, spectrum) => ({
    question: 'asked',
    ask: text('always'),
    options: listOf(spectrum ? 5 : 2 + (size % 4), () => line('always')),
    spectrum,
  }),
  story: (size) => ({
    pole: 'em',
    scene: text('always'),
    instead: line('always'),
    moves: listOf(1 + size, (index) => line(`move-${index + 1}`)),
    lesson: line('lesson'),
  }),
  tradeoff: (size) => ({
    question: 'asked',
    ask: text('always'),
    sides: listOf(2, () => ({
      title: text('always'),
      lines: listOf(1 + (size % 5), () => line('always')),
    })),
    regret: line('regret'),
  }),
  welcome: (size) => ({
    lead: text('always'),
    points: listOf(1 + (size % 4), () => line('always')),
  }),
};

export const NAMES = Object.keys(KINDS) as KindName[];

/** A parsed step of a kind, as the loader would hand it over. */
export function stepsOf(kind: KindName): fc.Arbitrary<Step> {
  return fc.record({ size: fc.nat(6), flag: fc.boolean() }).map(({ size, flag }) => {
    const raw = { kind, ...base(), ...RAW[kind](size, flag) };
    return (KINDS[kind].step as { parse: (raw: unknown) => Step }).parse(raw);
  });
}

/** A release that no slide could mistake for anything else: its counts are found in any JSON. */
export const RELEASE: Release = {
  question: 'asked',
  main: { outcome: 'spread', n: 770003, grain: 'cells', counts: [770001, 2] },
  statements: {
    split: { outcome: 'spread', n: 880004, grain: 'cells', counts: [880001, 1, 2] },
    veiled: { outcome: 'veiled', n: 990004, atLeast: 990001, band: 0 },
  },
};

/** The stages in the order of reveal, asides left out. */
export function order(step: Step): string[] {
  return kindOf(step)
    .stages(step)
    .flatMap(({ id, aside }) => (aside ? [] : [id]));
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent, workbookFor } from '#server/content.ts';
import { broken, EN, sample, type Edit } from './broken.ts';
import { ID, installed } from './crossroads.ts';

/** What a phone shows on one screen beside other things. */
const LONGEST = 180;

describe('workbook.yaml', () => {
  it('gives a phone all it needs without a room: assessment, sentences, poles by their place', async () => {
    const tea = workbookFor(
      await loadContent('tests/content/fixtures/sample'),
      'tea-or-coffee',
      'en',
    )!;
    expect(tea).toMatchObject({ id: 'tea-or-coffee', language: 'en', title: 'Tea or coffee?' });
    expect(tea.assessments.map(({ question }) => question)).toEqual(['taste']);
    expect(tea.sentences).toEqual({
      lead: 'Say both.',
      said: ['I am for tea.', 'I am for coffee.'],
    });
    expect(tea.guide?.audit.activities.map(({ pole }) => pole)).toEqual([0, 1, null]);
    expect(tea.guide).toMatchObject({ trialWeeks: 2, tradeoffs: [] });
  });

  it('a workshop may do without: the assessment is there all the same', async () => {
    const dir = await sample();
    await rm(join(dir, EN, 'workbook.yaml'));
    const tea = workbookFor(await loadContent(dir), 'tea-or-coffee', 'en');
    expect(tea).toMatchObject({ guide: null });
    expect(tea?.assessments).toHaveLength(1);
  });

  it.each([
    ['nothing-of-the-kind', 'en'],
    [ID, 'xx'],
  ])('null for %s in %s', (id, language) => {
    expect(workbookFor(installed, id, language)).toBeNull();
  });

  it.each<[string, Edit, string]>([
    [
      'a pole the workshop does not have',
      ['workbook.yaml', 'pole: coffee', 'pole: cocoa'],
      '32: audit.activities[1].pole: expected a pole of the workshop (tea or coffee), got "cocoa"',
    ],
    [
      'a trade-off that is none',
      ['workbook.yaml', 'signals:', 'tradeoffs:\n  - step: story\nsignals:'],
      '16: tradeoffs[0].step: expected the id of a trade-off (), got "story"',
    ],
    [
      'an unknown reading',
      ['workbook.yaml', 'signals:', 'tradeoffs:\n  - step: a\n    fits: [third]\nsignals:'],
      '17: tradeoffs[0].fits[0]: expected "first" or "second" or "both" or "hybrid" or "neither", got "third"',
    ],
    [
      'half a commitment',
      ['workbook.yaml', '      then: buy beans\n', ''],
      '21: commitments[1][0].then: expected half a sentence of at most 160 characters, got nothing',
    ],
    [
      'a reading without meaning',
      ['workbook.yaml', '  neither:\n    - Water is fine.\n', ''],
      '1: meanings.neither: expected a list of 1 to 4 entries, got nothing',
    ],
    [
      'a topic nobody listed',
      ['workbook.yaml', 'about: Count your cups.', 'about: { text: Count., topics: [cups] }'],
      '25: audit.about.topics[0]: expected a topic that topics.yaml lists, got "cups"',
    ],
  ])('%s is told with file, line and field', async (_, change, said) => {
    expect(await broken(change)).toEqual([`${EN}workbook.yaml:${said}`]);
  });
});

describe('the workbooks of the workshop', () => {
  const books = installed.flatMap(({ workbooks }) => [...workbooks.values()]);

  it.each(books)('$id ($language) has one, and its texts are short enough for a phone', (book) => {
    const { guide } = book;
    if (!guide) throw new Error('no workbook.yaml');
    const texts = [
      ...Object.values(guide.meanings).flat(),
      ...Object.values(guide.nuances),
      ...guide.signals,
      guide.audit.about,
      ...guide.audit.reading,
      ...guide.audit.activities.map(({ examples }) => examples),
    ];
    expect(texts.length).toBeGreaterThan(25);
    expect(texts.filter((text) => text.length > LONGEST)).toEqual([]);
    expect(texts.join(' ')).not.toMatch(/you are a |you should become/i);
  });

  it.each(books)('$id ($language): halves of a sentence stay halves', ({ guide }) => {
    const halves = (guide?.commitments ?? []).flat().flatMap((each) => [each.if, each.then]);
    expect(halves.length).toBeGreaterThan(10);
    expect(halves.filter((half) => /[.,]$/.test(half))).toEqual([]);
  });

  it.each(books)('$id ($language): every result gets a trade-off with its tip', ({ guide }) => {
    for (const reading of ['first', 'second', 'both', 'hybrid', 'neither'] as const)
      expect(guide?.tradeoffs.filter(({ fits }) => fits.includes(reading)).length).toBeGreaterThan(
        1,
      );
    // Authority: who hopes to escape politics by Staff is told; whoever leans to EM needs no such tip.
    expect(guide?.tradeoffs.filter(({ fits }) => !fits.includes('second'))).toHaveLength(1);
  });

  it.each(books)(
    '$id ($language): an audit of 4 to 6 weeks (tradeoff.focus-regret)',
    ({ guide }) => {
      expect(guide?.audit.weeks).toEqual([4, 5, 6]);
      const poles = guide?.audit.activities.map(({ pole }) => pole);
      expect(new Set(poles)).toEqual(new Set([0, 1, null]));
    },
  );
});

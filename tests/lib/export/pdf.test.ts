import { describe, expect, test } from 'vitest';
import { toPdf } from '$lib/export/pdf';
import type { TakeHome } from '$lib/export/take-home';
import type { FontSource } from '$lib/export/pdf/subsets';
import { readPdf, roles, type Word } from './reader.ts';
import { answered, BALANCED, fontsOnDisk, PLAN, takeHome, workbookIn } from './summaries.ts';

const make = async (summary: TakeHome, fonts = fontsOnDisk) => readPdf(await toPdf(summary, fonts));

/** Pairs of words whose boxes meet, and words outside the margins: both must stay empty. */
function collisions(words: readonly Word[]): string[] {
  const boxes = words.map(({ text, x, y, width, size }) => ({
    text,
    left: x + 0.5,
    right: x + width - 0.5,
    low: y - size * 0.15,
    high: y + size * 0.6,
  }));
  return boxes.flatMap((a, index) => [
    ...(a.left < 57 || a.right > 538.3 || a.low < 30 || a.high > 790 ? [`outside: ${a.text}`] : []),
    ...boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.low < b.high && b.low < a.high)
      .map((b) => `${a.text} × ${b.text}`),
  ]);
}

function many(count: number): TakeHome {
  const summary = takeHome();
  const statements = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    pole: (index % 2) as 0 | 1,
    text: `Statement ${index + 1}. ${(summary.statements[index % 12]?.text ?? '').repeat(1 + (index % 4))}`,
    answer: 1 + (index % 5),
  }));
  return { ...summary, statements };
}

describe('toPdf', { timeout: 20_000 }, () => {
  test('two pages of real text that say everything the summary holds', async () => {
    const summary = takeHome({
      name: 'Zoë Łukasiewicz',
      room: '12 answered. Balanced: 3, Leaning EM: 3.',
      plan: PLAN,
    });
    const { pages, text } = await make(summary);
    expect(pages).toHaveLength(2);
    const said = [
      'Staff Engineer or Engineering Manager?',
      '23 November 2026',
      'for Zoë Łukasiewicz',
      'Leaning Staff',
      '25 of 30',
      '17 of 30',
      summary.sentence,
      ...summary.strongest.flat(),
      ...summary.weakest.flat(),
      ...summary.next.flatMap(({ tests, trials }) => [...tests, ...trials]),
      ...summary.statements.map(({ text }) => text),
      '12 answered. Balanced: 3, Leaning EM: 3.',
      'If the planning comes up, then I will run it myself.',
      PLAN?.trial ?? '',
      PLAN?.signal ?? '',
      '11 January 2027',
      ...(PLAN?.audit?.activities.map(({ name }) => name) ?? []),
      'Made on your phone; nobody else has this.',
      '2 of 2',
    ];
    for (const sentence of said) expect(text).toContain(sentence);
    expect(text.match(/[1-5] · (strongly )?(dis)?agree|3 · in between/g)).toHaveLength(12);
    expect(pages.flatMap(collisions)).toEqual([]);
  });

  test('two pages for the longest of them: German, neither role yet, with a name, a room and a plan', async () => {
    const { title, poles, assessments } = workbookIn('de');
    const [assessment] = assessments;
    if (!assessment || !PLAN) throw new Error('no assessment');
    const trial = assessment.trials[1].toSorted((a, b) => b.length - a.length)[0] ?? '';
    const summary = takeHome({
      workshop: title,
      language: 'de',
      poles,
      assessment,
      answers: answered(2, 2, 1, 2, 2, 2, 2, 1, 2, 2, 2, 2),
      name: 'Alexandra Müller-Lüdenscheidt',
      room: '12 haben geantwortet. Deutlich Staff: 3, Tendenz Staff: 3, In Balance: 2, Tendenz EM: 4.',
      plan: { ...PLAN, trial },
    });
    const { pages } = await make(summary);
    expect(pages).toHaveLength(2);
    expect(pages.flatMap(collisions)).toEqual([]);
  });

  test('title, language and tags: a screen reader finds headings, lists and tables', async () => {
    const { title, language, marked, tags, pages } = await make(takeHome());
    expect(title).toBe('Staff Engineer or Engineering Manager? · summary of 23 November 2026');
    expect([language, marked]).toEqual(['en', true]);
    const found = roles(tags);
    expect(found.filter((role) => role === 'H1')).toHaveLength(1);
    for (const role of ['Document', 'H2', 'H3', 'P', 'L', 'LI', 'LBody', 'Table', 'TR', 'TD'])
      expect(found).toContain(role);
    expect(found.filter((role) => role === 'TD')).toHaveLength(12);
    // PDF/UA: whatever is drawn is either tagged or declared decoration.
    expect(pages.flat().filter((word) => !word.marked)).toEqual([]);
  });

  test('small enough to mail, and the same bytes for the same summary', async () => {
    const summary = takeHome({ name: 'Ελένη Иванова Nguyễn Łukasz' });
    const bytes = await toPdf(summary, fontsOnDisk);
    expect(bytes.length).toBeLessThan(200_000);
    expect(await toPdf(summary, fontsOnDisk)).toEqual(bytes);
  });

  test('the name is nowhere in the file unless it was typed', async () => {
    const { text, title } = await make(takeHome());
    expect(`${text}${title}`).not.toContain('for Zoë');
    expect((await make(takeHome({ name: 'Zoë' }))).title).not.toContain('Zoë');
  });

  test('40 statements flow to more pages, each whole, none over another', async () => {
    const summary = many(40);
    const { pages, text, tags } = await make(summary);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.flatMap(collisions)).toEqual([]);
    for (const statement of summary.statements) expect(text).toContain(statement.text.slice(0, 80));
    expect(roles(tags).filter((role) => role === 'TD')).toHaveLength(40);
    expect(text).toContain(`${pages.length} of ${pages.length}`);
  });

  test('a statement longer than a page does not break the rest', async () => {
    const summary = takeHome();
    const [first, ...others] = summary.statements;
    const statements = [{ ...first!, text: `${'very long '.repeat(900)}end` }, ...others];
    const { pages, text } = await make({ ...summary, statements });
    expect(pages.flatMap(collisions)).toEqual([]);
    expect(text).toContain('very long end');
    expect(text).toContain(others.at(-1)?.text);
  });

  test('balanced: both sides’ trials; strongest may be none', async () => {
    const balanced = takeHome({ answers: BALANCED });
    const { text, pages } = await make(balanced);
    for (const trial of balanced.next.flatMap(({ trials }) => trials))
      expect(text).toContain(trial);
    expect(pages.flatMap(collisions)).toEqual([]);
    const planned = await make({ ...balanced, name: 'Zoë', plan: PLAN });
    expect(planned.pages).toHaveLength(2);
    expect(planned.pages.flatMap(collisions)).toEqual([]);
    expect(planned.text).toContain(PLAN?.trial);
    // All that a summary can hold still goes onto two, set smaller; the page's foot stays where it is.
    const room = '11 answered. Strongly Staff: 3, leaning Staff: 2, balanced: 2, leaning EM: 4.';
    const most = takeHome({
      answers: answered(5, 2, 5, 3, 4, 1, 5, 1, 4, 2, 4, 2),
      name: 'Zoë',
      room,
    });
    const all = await make({ ...most, plan: PLAN });
    expect(all.pages).toHaveLength(2);
    expect(all.pages.flatMap(collisions)).toEqual([]);
    expect(all.text).toContain('2 of 2');
    const none = { ...balanced, strongest: [[], []] as [string[], string[]] };
    expect((await make(none)).text.match(/none of these statements/g)).toHaveLength(2);
  });
});

describe('names in any script', { timeout: 20_000 }, () => {
  test('Latin, Greek, Cyrillic and Vietnamese are set as they are', async () => {
    const { text } = await make(takeHome({ name: 'Łukasz Ελένη Иван Nguyễn Zoe\u0301' }));
    expect(text).toContain('for Łukasz Ελένη Иван Nguyễn Zoé');
    expect(text).not.toContain('stands for a character');
  });

  test('what the typeface lacks becomes “?”, one for each visible character, and a note says so', async () => {
    const bytes = await toPdf(takeHome({ name: 'Bo 李小龙 👩‍💻 علي' }), fontsOnDisk);
    const { text } = await readPdf(bytes);
    expect(text).toMatch(/for Bo \?\?\? \? \?\?\? /);
    expect(text).toContain('A “?” stands for a character this typeface does not have.');
    // Read aloud, it is still the name: UTF-16 after its mark, as PDF writes it.
    const spoken = Buffer.concat([
      Buffer.from('/ActualText ('),
      Buffer.from([0xfe, 0xff, 0x67, 0x4e]),
    ]);
    expect(Buffer.from(bytes).includes(spoken)).toBe(true);
  });

  test('a typed question mark needs no note', async () => {
    const { text } = await make(takeHome({ name: 'Who?' }));
    expect(text).toContain('for Who?');
    expect(text).not.toContain('stands for a character');
  });

  test('a very long name is wrapped inside the margins', async () => {
    const { pages, text } = await make(takeHome({ name: 'Wolfeschlegelsteinhausen'.repeat(9) }));
    expect(pages.flatMap(collisions)).toEqual([]);
    expect(text.replace(/\s/g, '')).toContain('Wolfeschlegelsteinhausen'.repeat(4));
  });

  test('a script’s file that cannot be fetched costs that script alone; without Latin there is no file', async () => {
    const without =
      (missing: string): FontSource =>
      (subset, weight) =>
        subset === missing ? Promise.reject(new Error('offline')) : fontsOnDisk(subset, weight);
    const { text } = await make(takeHome({ name: 'Иван Łu' }), without('cyrillic'));
    expect(text).toMatch(/for \?\?\?\? Łu/);
    await expect(toPdf(takeHome(), without('latin'))).rejects.toThrow('offline');
  });
});

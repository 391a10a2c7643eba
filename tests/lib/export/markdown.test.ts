import { describe, expect, test } from 'vitest';
import { escapeLine, toMarkdown } from '$lib/export/markdown';
import { PLAN, takeHome } from './summaries.ts';

describe('toMarkdown', () => {
  test('says everything the summary holds', () => {
    const summary = takeHome({ name: 'Zoë', room: 'Balanced: 5.', plan: PLAN });
    const markdown = toMarkdown(summary);
    expect(markdown).toContain('23 November 2026, for Zoë');
    expect(markdown).toContain('## Your lean: Leaning Staff');
    expect(markdown).toContain('- Staff Engineer: 25 of 30\n- Engineering Manager: 17 of 30');
    expect(markdown).toContain('## Where the room stood\n\nBalanced: 5.');
    expect(markdown).toContain(
      '## Your plan\n\n- **Try:** Lead an RFC across teams: problem, options, trade-offs, rollout\n',
    );
    expect(markdown).toContain(
      '- **If … then:** If the planning comes up, then I will run it myself.',
    );
    expect(markdown).toMatch(/- \*\*Look back:\*\* Monday,? 11 January 2027/);
    expect(markdown).toMatch(/first on Friday,? 4 December 2026, the last on Friday,? 1 January/);
    for (const { name } of PLAN?.audit?.activities ?? []) expect(markdown).toContain(`- ${name}: `);
    for (const line of PLAN?.audit?.reading ?? []) expect(markdown).toContain(escapeLine(line));
    const said = [
      summary.sentence,
      ...summary.strongest.flat(),
      ...summary.weakest.flat(),
      ...summary.next.flatMap(({ tests, trials }) => [...tests, ...trials]),
    ];
    for (const sentence of said) expect(markdown).toContain(escapeLine(sentence));
    expect(markdown.match(/^\| .* \| [1-5] · [a-z ]+ \|$/gm)).toHaveLength(12);
    expect(markdown.endsWith('nobody else has this.*\n')).toBe(true);
  });

  test('leaves out what there is none of', () => {
    const markdown = toMarkdown(takeHome());
    expect(markdown).not.toMatch(/Your plan|Where the room stood|, for |null|undefined/);
  });

  test('S6: a name stays text', () => {
    const name = '<img src=x onerror=alert(1)> [a](javascript:b) `c` *d* | e';
    const [line] = toMarkdown(takeHome({ name }))
      .split('\n')
      .filter((one) => one.includes('for '));
    expect(line).toContain(
      'for \\<img src=x onerror=alert(1)\\> \\[a\\](javascript\\:b) \\`c\\` \\*d\\* \\| e',
    );
  });

  test('S6: own words of a plan stay text, whatever they begin with', () => {
    const plan = { ...PLAN!, trial: '# one\n- two\n> <b>three</b>', audit: null };
    expect(toMarkdown(takeHome({ plan }))).toContain(
      '- **Try:** \\# one - two \\> \\<b\\>three\\</b\\>\n',
    );
  });

  test('what the room saw keeps its lines, and none of them becomes a heading, list, rule or quote', () => {
    const room = '# one\n- two\n\n\n1. three\n---\n> four\n=== \n    five';
    expect(toMarkdown(takeHome({ room }))).toContain(
      [
        '## Where the room stood',
        '',
        '\\# one\\',
        '\\- two',
        '',
        '1\\. three\\',
        '\\---\\',
        '\\> four\\',
        '\\===\\',
        'five',
        '',
        '## All your answers',
      ].join('\n'),
    );
  });
});

describe('escapeLine', () => {
  test.each([
    ['a\nb\t c', 'a b c'],
    ['5 * 3_000 ~ $x$ ^2 {y} &amp;', '5 \\* 3\\_000 \\~ \\$x\\$ \\^2 \\{y\\} \\&amp;'],
    ['back\\slash', 'back\\\\slash'],
    ['https://x.org www.x.org a@x.org', 'https\\://x.org www\\.x.org a\\@x.org'],
    ['12) no list', '12\\) no list'],
    [
      'A sentence: plain, with a hyphen - and 1. inside.',
      'A sentence: plain, with a hyphen - and 1. inside.',
    ],
  ])('%j', (text, escaped) => {
    expect(escapeLine(text)).toBe(escaped);
  });
});

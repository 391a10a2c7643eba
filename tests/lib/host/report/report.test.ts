import { describe, expect, test } from 'vitest';
import { KINDS, type Step } from '#slides/kinds.ts';
import { reportMarkdown } from '$lib/host/report/markdown';
import { reportCsv } from '$lib/host/report/table';
import { cells, reportOf } from './reports.ts';

const base = (id: string, title: string) => ({
  id,
  title,
  minutes: 5,
  notes: 'for the host alone',
});
const welcome: Step = KINDS.welcome.step.parse({
  kind: 'welcome',
  ...base('welcome', 'Welcome'),
  lead: 'Hello',
  points: ['One'],
});
const myth: Step = KINDS.myth.step.parse({
  kind: 'myth',
  ...base('myth', 'Depth'),
  question: 'myth.depth',
  claim: 'Managers stop learning',
  truth: 'They do not',
  because: ['Because'],
});
const tradeoff: Step = KINDS.tradeoff.step.parse({
  kind: 'tradeoff',
  ...base('focus', 'Focus'),
  question: 'focus',
  ask: 'Where would you rather be?',
  sides: [
    { title: 'Deep', lines: ['a'] },
    { title: 'Wide', lines: ['b'] },
  ],
  regret: 'Try it',
});
const assessment: Step = KINDS.assessment.step.parse({
  kind: 'assessment',
  ...base('assess', 'Where do you lean?'),
  question: 'lean',
  lead: 'As you are',
  statements: ['I like | depth', 'I like people'].map((text, at) => ({
    id: `s${at}`,
    pole: at === 0 ? 'staff' : 'em',
    text,
  })),
  scale: { balanced: 0, leaning: 3, high: 4, low: 2 },
  readings: { first: 'f', second: 's', both: 'b', hybrid: 'h', neither: 'n' },
  trials: [['t'], ['t']],
});
const leans = (leanings: number[], marks: (at: number) => number[]) =>
  leanings.map((lean, at) => ({ lean, marks: marks(at) }));

describe('the report as Markdown', () => {
  test('withheld: a sentence, no table, no number but the minimum (DISC-1)', () => {
    const markdown = reportMarkdown(reportOf([{ step: myth, choices: cells(0, 2, 2) }]));
    const part = markdown.slice(markdown.indexOf('### Depth'), markdown.indexOf('## Time'));
    expect(part).toBe(
      '### Depth\n\nManagers stop learning\n\n' +
        'Fewer than 5 answered. Nothing is shown, to protect everyone.\n\n',
    );
  });

  test('veiled: the band and “or more”, no table (DISC-3)', () => {
    const report = reportOf([{ step: myth, choices: cells(0, 0, 0, 0, 0, 2) }]);
    const markdown = reportMarkdown(report);
    expect(markdown).toContain('4 or more of 6: Agree.');
    expect(markdown).not.toContain('| Answer | People |');
  });

  test('in full: the labels of the charts, bands below eight and cells above (DISC-2)', () => {
    const few = reportMarkdown(reportOf([{ step: tradeoff, choices: cells(0, 1, 1, 2, 4, 4, 3) }]));
    expect(few).toContain(
      '| Answer | People |\n| --- | --- |\n| Staff side | 3 |\n| In between | 1 |\n| EM side | 3 |',
    );
    const many = cells(0, 0, 1, 2, 2, 3, 4, 4);
    const all = reportMarkdown(reportOf([{ step: tradeoff, choices: many }]));
    expect(all.match(/^\| .* \| [12] \|$/gm)).toHaveLength(5);
  });

  test('statements: one sentence below ten, a line each above, veiled ones veiled (DISC-4)', () => {
    const seven = leans([0, 0, 2, 2, 4, 4, 4], () => [2, 0]);
    const few = reportMarkdown(reportOf([{ step: assessment, choices: seven }]));
    expect(few).toContain('#### Single statements\n\nFewer than 10 answered.');
    expect(few).not.toContain('depth');
    const ten = leans([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], (at) => [2, at % 3]);
    const many = reportMarkdown(reportOf([{ step: assessment, choices: ten }]));
    expect(many).toContain('| I like \\| depth | 7 or more of 10: Agree. |');
    expect(many).toContain('| I like people | Disagree: 4, Neutral: 3, Agree: 3 |');
  });

  test('planned and real times; what was not reached says so; the lobby does not count', () => {
    const steps = [
      { step: welcome, choices: [] },
      { step: myth, choices: [] },
      { step: tradeoff, choices: null },
    ];
    const markdown = reportMarkdown(reportOf(steps));
    expect(markdown).toContain(
      [
        '| Welcome | 5 min | 4:05 |',
        '| Depth | 5 min | 4:05 |',
        '| Focus | 5 min | not reached |',
        '| After the lobby | 10 min | 4:05 |',
      ].join('\n'),
    );
    expect(markdown).toContain('2026');
    expect(markdown).toContain('Protection: Standard. Nothing is shown of fewer than 5 answers');
  });

  test('S6 titles and questions stay text', () => {
    const odd = { ...myth, title: '# <b>| x', claim: '[a](javascript:alert(1))' } as Step;
    const report = reportOf([{ step: odd, choices: cells(0, 1, 2, 0, 1, 2) }], '*x*');
    const markdown = reportMarkdown(report);
    expect(markdown).toContain('# \\*x\\*');
    expect(markdown).toContain('### \\# \\<b\\>\\| x');
    expect(markdown).toContain('| \\# \\<b\\>\\| x | 5 min |');
    expect(markdown).not.toMatch(/(?<!\\)\]\(/);
  });

  test('before anything happened', () => {
    const report = { ...reportOf([{ step: myth, choices: null }]), startedAt: null };
    const markdown = reportMarkdown(report);
    expect(markdown).toContain('The room has not left the first step.');
    expect(markdown).toContain('Nothing was published.');
    expect(markdown).not.toMatch(/null|undefined|NaN/);
  });

  test('T12 neither file holds the notes or what lies behind a vote', () => {
    const report = reportOf([{ step: myth, choices: cells(0, 1, 2, 0, 1, 2) }]);
    for (const file of [reportMarkdown(report), reportCsv(report)])
      expect(file).not.toMatch(/for the host alone|They do not|Because/);
  });
});

describe('the report as CSV', () => {
  test('a line per step for its times, then one per published number', () => {
    const steps = [
      { step: welcome, choices: [] },
      { step: myth, choices: cells(0, 1, 2, 0, 1, 2) },
      { step: tradeoff, choices: cells(0, 0, 0, 0, 0) },
      { step: assessment, choices: leans([0, 4], () => [2, 0]) },
    ];
    expect(reportCsv(reportOf(steps)).slice(1).split('\r\n')).toEqual([
      '"Step","Planned, seconds","Real, seconds","Question","Statement","Published","Answer","People","Of"',
      '"Welcome",300,245,,,,,,',
      '"Depth",300,245,,,,,,',
      '"Depth",,,"Managers stop learning",,"in full","Agree",2,6',
      '"Depth",,,"Managers stop learning",,"in full","Unsure",2,6',
      '"Depth",,,"Managers stop learning",,"in full","Disagree",2,6',
      '"Focus",300,245,,,,,,',
      '"Focus",,,"Where would you rather be?",,"veiled","Staff side","3 or more",5',
      '"Where do you lean?",300,245,,,,,,',
      '"Where do you lean?",,,"Where do you lean?",,"withheld",,,',
      '"Where do you lean?",,,"Where do you lean?","I like | depth","withheld",,,',
      '"Where do you lean?",,,"Where do you lean?","I like people","withheld",,,',
      '',
    ]);
  });
});

describe('what the facilitator adds', () => {
  const report = reportOf([{ step: myth, choices: cells(0, 2, 2) }]);

  test('own notes stand in both files as they were written, and mean nothing but themselves', () => {
    const notes = '=SUM(A1)\n# not a heading\nmore time for <stories>';
    const markdown = reportMarkdown(report, notes);
    expect(markdown).toContain('## The facilitator’s notes\n\n\\=SUM(A1)');
    expect(markdown).toContain('\\# not a heading');
    expect(markdown).toContain('\\<stories\\>');
    expect(reportCsv(report, notes)).toContain(
      '"The facilitator’s notes: =SUM(A1) # not a heading',
    );
    expect(reportMarkdown(report, ' \n')).toBe(reportMarkdown(report));
    expect(reportCsv(report, ' \n')).toBe(reportCsv(report));
  });

  test('a rehearsal says so in both files, a session does not', () => {
    const rehearsal = { ...report, rehearsal: true };
    const mark = 'Rehearsal: the people in it were simulated';
    expect(reportMarkdown(rehearsal)).toContain(`**${mark}**`);
    expect(reportCsv(rehearsal).split('\r\n')[1]).toContain(`"${mark}"`);
    for (const file of [reportMarkdown(report), reportCsv(report)])
      expect(file).not.toContain(mark);
  });
});

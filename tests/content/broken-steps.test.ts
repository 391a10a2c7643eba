import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#server/content.ts';
import { add, broken, edit, EN, problemsOf, sample, type Edit } from './broken.ts';

describe('steps among each other', () => {
  it.each<[string, Edit[], string[]]>([
    [
      'a step id twice',
      [['06-change.md', 'id: change', 'id: result']],
      [
        `06-change.md:3: id: expected every step to have its own id, got "result", which stands in ${EN}05-result.md too`,
        'workshop.yaml:19: plans[1].skip[1]: expected the id of a step, got "change"',
      ],
    ],
    [
      'a question asked twice (DISC-5)',
      [['06-change.md', 'question: change', 'question: taste']],
      [
        `06-change.md:6: question: expected every question to be asked once, got "taste", which stands in ${EN}04-assessment.md too`,
      ],
    ],
    [
      'a distribution of a question that nobody asked',
      [['05-result.md', 'question: taste', 'question: smell']],
      [
        '05-result.md:6: question: expected the question of an assessment that comes before, got "smell"',
      ],
    ],
    [
      'a distribution of a question that is no assessment',
      [
        ['05-result.md', 'question: taste', 'question: change'],
        ['05-result.md', 'id: result', 'id: result-of-change'],
      ],
      [
        '05-result.md:6: question: expected the question of an assessment that comes before, got "change"',
      ],
    ],
    [
      'a movement without its gut feeling (DISC-7)',
      [['06-change.md', 'feeling: pull', 'feeling: push']],
      [
        '06-change.md:7: feeling: expected the feeling of one gut step that comes before, got "push"',
      ],
    ],
    [
      'a first step that is no welcome',
      [
        [
          '01-welcome.md',
          'kind: welcome\nid: welcome\ntitle: Tea or coffee?\nminutes: 1\nlead: Two ways to wake up.',
          'kind: points\nid: welcome\ntitle: Tea or coffee?\nminutes: 1\npoints: [Hello]',
        ],
      ],
      ['01-welcome.md:2: kind: expected the first step to be a welcome, got "points"'],
    ],
    [
      'a story of a pole that is not there',
      [['03-story.md', 'pole: tea', 'pole: water']],
      ['03-story.md:6: pole: expected a pole of the workshop (tea or coffee), got "water"'],
    ],
    [
      'a statement of a pole that is not there',
      [['04-assessment.md', 'pole: coffee', 'pole: water']],
      [
        '04-assessment.md:16: statements[2].pole: expected a pole of the workshop (tea or coffee), got "water"',
      ],
    ],
    [
      'a pole without statements',
      [
        ['04-assessment.md', 'pole: coffee', 'pole: tea'],
        ['04-assessment.md', 'pole: coffee', 'pole: tea'],
      ],
      [
        '04-assessment.md:8: statements: expected at least one statement for the pole "coffee", got none',
      ],
    ],
    [
      'a scale by which somebody neutral would lean',
      [['04-assessment.md', 'pole: coffee', 'pole: tea']],
      [
        '04-assessment.md:23: scale.balanced: expected at least 6, so that somebody neutral throughout comes out balanced, got 1',
        '04-assessment.md:24: scale.leaning: expected less than 2, the largest difference both sides can reach, got 4',
        '04-assessment.md:25: scale.high: expected at most 5, the most that the shorter side can give, got 8',
      ],
    ],
    [
      'leaning within balanced',
      [['04-assessment.md', 'leaning: 4', 'leaning: 1']],
      ['04-assessment.md:24: scale.leaning: expected more than balanced (1), got 1'],
    ],
    [
      'leaning that leaves no room for strong',
      [['04-assessment.md', 'leaning: 4', 'leaning: 8']],
      [
        '04-assessment.md:24: scale.leaning: expected less than 8, the largest difference both sides can reach, got 8',
      ],
    ],
    [
      'high and low out of reach',
      [
        ['04-assessment.md', 'high: 8', 'high: 11'],
        ['04-assessment.md', 'low: 5', 'low: 1'],
      ],
      [
        '04-assessment.md:25: scale.high: expected at most 10, the most that the shorter side can give, got 11',
        '04-assessment.md:26: scale.low: expected at least 2, the least that the longer side can give, got 1',
      ],
    ],
    [
      'low above high',
      [['04-assessment.md', 'low: 5', 'low: 8']],
      ['04-assessment.md:26: scale.low: expected less than high (8), got 8'],
    ],
    [
      'one pole twice',
      [['workshop.yaml', 'id: coffee', 'id: tea']],
      [
        'workshop.yaml:7: poles[1].id: expected two poles, got "tea" twice',
        '04-assessment.md:16: statements[2].pole: expected a pole of the workshop (tea or tea), got "coffee"',
        '04-assessment.md:19: statements[3].pole: expected a pole of the workshop (tea or tea), got "coffee"',
      ],
    ],
    [
      'a plan twice',
      [['workshop.yaml', 'id: sip', 'id: whole']],
      ['workshop.yaml:14: plans[1].id: expected another id than "whole", taken above'],
    ],
    [
      'a plan that skips what is not there',
      [['workshop.yaml', '- story', '- tale']],
      ['workshop.yaml:18: plans[1].skip[0]: expected the id of a step, got "tale"'],
    ],
    [
      'a plan that skips what another step needs',
      [['workshop.yaml', '- story', '- assessment']],
      [
        'workshop.yaml:18: plans[1].skip[0]: expected to keep "assessment", because the step "result" needs it',
      ],
    ],
    [
      'a plan that skips the welcome',
      [['workshop.yaml', '- story', '- welcome']],
      ['workshop.yaml:18: plans[1].skip[0]: expected to keep the first step, got "welcome"'],
    ],
    [
      'an unknown topic of a step',
      [['03-story.md', 'minutes: 2', 'minutes: 2\ntopics: [kettles]']],
      ['03-story.md:6: topics[0]: expected a topic that topics.yaml lists, got "kettles"'],
    ],
    [
      'an unknown topic of a line',
      [
        [
          '03-story.md',
          'text: Boils the water',
          'text: Boils the water\n    topics:\n      - pans',
        ],
      ],
      ['03-story.md:13: moves[1].topics[0]: expected a topic that topics.yaml lists, got "pans"'],
    ],
  ])('%s', async (_name, edits, expected) => {
    const problems = await broken(...edits);
    expect(problems.sort()).toEqual(expected.map((problem) => EN + problem).sort());
  });

  it('a distribution that comes before its assessment', async () => {
    const dir = await sample();
    await cp(join(dir, EN, '05-result.md'), join(dir, EN, '02-result.md'));
    await rm(join(dir, EN, '05-result.md'));
    expect(await problemsOf(dir)).toEqual([
      `${EN}02-result.md:6: question: expected the question of an assessment that comes before, got "taste"`,
    ]);
  });

  it('two gut steps of one feeling, so that nobody can say which one moved', async () => {
    const dir = await sample();
    await cp(join(dir, EN, '02-pull.md'), join(dir, EN, '03-pull.md'));
    await edit(dir, ['03-pull.md', 'id: pull', 'id: pull-again']);
    expect(await problemsOf(dir)).toEqual([
      `${EN}06-change.md:7: feeling: expected the feeling of one gut step that comes before, got "pull"`,
    ]);
  });

  it('topics that topics.yaml lists are welcome', async () => {
    const dir = await sample();
    await add(dir, 'topics.yaml', 'kettles: they break\npans:\n  boil: water boils in them\n');
    await edit(dir, ['03-story.md', 'minutes: 2', 'minutes: 2\ntopics: [kettles, pans.boil]']);
    await expect(loadContent(dir)).resolves.toHaveLength(1);
  });

  it('DISC-5 the same words under another question', async () => {
    const dir = await sample();
    const poll = (id: string, ask: string) =>
      `---\nkind: poll\nid: ${id}\ntitle: ${id}\nminutes: 1\nquestion: ${id}\nask: ${ask}\noptions: [Green, Black]\n---\n\nAsk.\n`;
    await add(dir, `${EN}07-cup.md`, poll('cup', 'Which cup?'));
    await add(dir, `${EN}08-can.md`, poll('can', 'Which can?'));
    await add(dir, `${EN}09-mug.md`, poll('mug', 'Which Cup?'));
    expect(await problemsOf(dir)).toEqual([
      `${EN}09-mug.md:6: question: expected other words than another question has, got "mug", which stands in ${EN}07-cup.md too`,
    ]);
  });
});

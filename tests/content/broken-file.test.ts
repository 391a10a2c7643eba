import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { add, broken, EN, problemsOf, sample, type Edit } from './broken.ts';

const ID = 'lower-case words joined by dots or dashes, at most 60 characters';
const LINE = 'a line of at most 600 characters, or `text` and `topics`';
const KINDS =
  '"assessment" or "closing" or "compare" or "discussion" or "distribution" or "gut" or "movement" or "myth" or "points" or "poll" or "story" or "tradeoff" or "welcome"';

describe('one file', () => {
  it.each<[string, Edit, string]>([
    [
      'a value of the wrong type',
      ['02-pull.md', 'minutes: 1', 'minutes: ten'],
      '02-pull.md:5: minutes: expected a number from 0.5 to 60, got "ten"',
    ],
    [
      'a tab, once and without what follows from it',
      ['02-pull.md', 'minutes: 1', '\tminutes: 1'],
      '02-pull.md:5: expected YAML: indent with spaces, not with a tab',
    ],
    [
      'a number out of range',
      ['02-pull.md', 'minutes: 1', 'minutes: 0.2'],
      '02-pull.md:5: minutes: expected a number from 0.5 to 60, got 0.2',
    ],
    [
      'a field that is missing, at the beginning of the fields',
      ['02-pull.md', 'title: Your gut feeling\n', ''],
      '02-pull.md:2: title: expected text of 1 to 120 characters, got nothing',
    ],
    [
      'a field left empty',
      ['02-pull.md', 'title: Your gut feeling', 'title:'],
      '02-pull.md:4: title: expected text of 1 to 120 characters, got nothing',
    ],
    [
      'a field nobody knows, with those that are known',
      ['02-pull.md', 'minutes: 1', 'minutes: 1\nminute: 2'],
      '02-pull.md:6: minute: expected no such field; there may be: kind, id, title, topics, minutes, cue, feeling, ask',
    ],
    [
      'an id in another form',
      ['02-pull.md', 'id: pull', 'id: My Pull'],
      `02-pull.md:3: id: expected ${ID}, got "My Pull"`,
    ],
    [
      'an unknown kind',
      ['02-pull.md', 'kind: gut', 'kind: guts'],
      `02-pull.md:2: kind: expected ${KINDS}, got "guts"`,
    ],
    [
      'no kind at all',
      ['02-pull.md', 'kind: gut\n', ''],
      `02-pull.md:2: kind: expected ${KINDS}, got nothing`,
    ],
    [
      'a line that is no text',
      ['03-story.md', '- Looks for a pan', '- 7'],
      `03-story.md:10: moves[0]: expected ${LINE}, got 7`,
    ],
    [
      'a line whose text is no text',
      ['03-story.md', 'text: Boils the water', 'text: 7'],
      '03-story.md:11: moves[1].text: expected text of 1 to 600 characters, got 7',
    ],
    [
      'a line that is too long',
      ['03-story.md', 'Looks for a pan', 'a'.repeat(601)],
      `03-story.md:10: moves[0]: expected ${LINE}, got 601 characters: "${'a'.repeat(40)}…"`,
    ],
    [
      'a list of the wrong length',
      ['10-closing.md', '  - I am for coffee.\n', ''],
      '10-closing.md:7: sentences: expected a list of exactly 2 entries, got a list of 1',
    ],
    [
      'a field deep inside',
      ['04-assessment.md', '  leaning: 4', '  leaning: 4.5'],
      '04-assessment.md:24: scale.leaning: expected a whole number from 0 to 200, got 4.5',
    ],
    [
      'two statements with one id',
      ['04-assessment.md', 'id: speed', 'id: beans'],
      '04-assessment.md:18: statements[3].id: expected every statement to have its own id, got "beans" twice',
    ],
    [
      'no notes, at the end of the fields',
      ['02-pull.md', 'No thinking.', ''],
      '02-pull.md:8: notes: expected text of 1 to 4000 characters, got nothing',
    ],
    [
      'notes among the fields',
      ['02-pull.md', 'minutes: 1', 'minutes: 1\nnotes: here'],
      '02-pull.md:6: notes: expected the notes below the second ---, not among the fields',
    ],
    [
      'fields that never end',
      ['02-pull.md', '?\n---', '?'],
      '02-pull.md:10: expected the fields of the step between two lines of ---',
    ],
    [
      'no fields',
      ['02-pull.md', '---\nkind', 'kind'],
      '02-pull.md:1: expected the fields of the step between two lines of ---',
    ],
    [
      'a colon without quotes',
      ['02-pull.md', 'ask: Which', 'ask: Say: which'],
      '02-pull.md:7: expected YAML: put text that contains a colon in quotes',
    ],
    [
      'a field twice',
      ['02-pull.md', 'minutes: 1', 'minutes: 1\nminutes: 2'],
      '02-pull.md:6: expected YAML: a field stands here twice',
    ],
    [
      'a fault in workshop.yaml',
      ['workshop.yaml', 'minutes: 10', 'minutes: 1'],
      'workshop.yaml:16: plans[1].minutes: expected a whole number from 5 to 480, got 1',
    ],
  ])('%s', async (_name, change, expected) => {
    expect(await broken(change)).toEqual([EN + expected]);
  });

  it('fields that are only text', async () => {
    const dir = await sample();
    await add(dir, `${EN}02-pull.md`, '---\nhello\n---\n\nNotes.\n');
    expect(await problemsOf(dir)).toEqual([
      `${EN}02-pull.md:2: expected fields (kind), got "hello"`,
    ]);
  });

  it('every fault of every file at once', async () => {
    const problems = await broken(
      ['02-pull.md', 'minutes: 1', 'minutes: ten'],
      ['02-pull.md', 'feeling: pull', 'feeling: 3'],
      ['03-story.md', 'scene: The kettle is broken.', 'scene: []'],
      ['workshop.yaml', 'title: Tea or coffee?', 'title: 1'],
    );
    expect(problems.map((problem) => problem.replace(EN, '').split(': ', 2).join(' '))).toEqual([
      'workshop.yaml:1 title',
      '02-pull.md:5 minutes',
      '02-pull.md:6 feeling',
      '03-story.md:7 scene',
    ]);
  });

  it('counts lines the same in files with Windows line ends', async () => {
    const dir = await sample();
    const file = join(dir, EN, '02-pull.md');
    const source = (await readFile(file, 'utf8')).replace('minutes: 1', 'minutes: ten');
    await writeFile(file, source.replaceAll('\n', '\r\n'));
    expect(await problemsOf(dir)).toEqual([
      `${EN}02-pull.md:5: minutes: expected a number from 0.5 to 60, got "ten"`,
    ]);
  });
});

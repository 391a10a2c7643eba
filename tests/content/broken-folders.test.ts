import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#server/content.ts';
import { add, edit, EN, problemsOf, root, sample } from './broken.ts';

describe('folders', () => {
  it('a folder that is missing', async () => {
    const problems = await problemsOf(join(root, 'nowhere'));
    expect(problems).toEqual(['.: expected a folder with workshops, found none']);
  });

  it('a folder without workshops, a workshop without languages', async () => {
    const dir = await mkdtemp(join(root, 'empty-'));
    expect(await problemsOf(dir)).toEqual(['.: expected at least one workshop folder, found none']);
    await mkdir(join(dir, 'one'));
    expect(await problemsOf(dir)).toEqual(['one: expected a folder per language, such as en']);
  });

  it('a language without workshop.yaml and steps', async () => {
    const dir = await mkdtemp(join(root, 'bare-'));
    await mkdir(join(dir, 'one/en'), { recursive: true });
    expect(await problemsOf(dir)).toEqual([
      'one/en/workshop.yaml: expected a file with title, summary, poles and plans',
    ]);
    await cp(`tests/content/fixtures/sample/${EN}workshop.yaml`, join(dir, 'one/en/workshop.yaml'));
    expect(await problemsOf(dir)).toEqual(['one/en: expected 1 to 120 step files, got 0']);
  });

  it('names that are no workshop, no language and no step', async () => {
    const dir = await sample();
    await cp(join(dir, EN), join(dir, 'Tea or Coffee/en'), { recursive: true });
    await cp(join(dir, EN), join(dir, 'tea-or-coffee/English'), { recursive: true });
    await add(dir, `${EN}7-late.md`, 'late');
    expect(await problemsOf(dir)).toEqual([
      'Tea or Coffee: expected a folder named for its workshop, such as my-workshop',
      'tea-or-coffee/English: expected a folder named for its language, such as en or pt-BR',
      `${EN}7-late.md: expected workshop.yaml, workbook.yaml or a step's file, such as 03-premise.md`,
    ]);
  });

  it('faults of one language are told beside those of another', async () => {
    const dir = await sample();
    await cp(join(dir, EN), join(dir, 'tea-or-coffee/de'), { recursive: true });
    await expect(loadContent(dir).then((all) => [...all[0]!.languages.keys()])).resolves.toEqual([
      'de',
      'en',
    ]);
    for (const language of ['de', 'en'])
      await edit(dir, [`../${language}/02-pull.md`, 'kind: gut\n', '']);
    expect((await problemsOf(dir)).map((problem) => problem.split(':')[0])).toEqual([
      'tea-or-coffee/de/02-pull.md',
      'tea-or-coffee/en/02-pull.md',
    ]);
  });
});

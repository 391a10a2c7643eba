import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ID, installed, languages } from './crossroads.ts';
import { differences, readLanguage, type Language } from './languages.ts';

const MODEL = 'en';
const folder = (id: string, language: string) => readLanguage(join('content', id, language));
const [en, de] = await Promise.all([folder(ID, MODEL), folder(ID, 'de')]);

/** Made only when its test runs: a file that is really missing must not hide the tests above. */
type Broken = () => Language;

const edited =
  (file: string, from: string, to: string): Broken =>
  () => {
    const source = de.files.get(file);
    if (!source?.includes(from)) throw new Error(`${file} has no ${from}`);
    return { ...de, files: new Map(de.files).set(file, source.replace(from, to)) };
  };

const without =
  (file: string): Broken =>
  () => ({
    ...de,
    files: new Map([...de.files].filter(([name]) => name !== file)),
  });

describe('every language of a workshop', () => {
  const others = installed.flatMap(({ id, languages }) =>
    [...languages.keys()].filter((one) => one !== MODEL).map((language) => ({ id, language })),
  );

  it('English and German are there', () => {
    const workshop = installed.find(({ id }) => id === ID);
    expect([...workshop!.languages.keys()].sort()).toEqual([...languages].sort());
  });

  it.each(others)('$id ($language) has all that English has', async ({ id, language }) => {
    expect(differences(await folder(id, MODEL), await folder(id, language))).toEqual([]);
  });
});

describe('what a translation lacks is told with file, step and field', () => {
  const DE = 'content/staff-or-em/de';
  const EN = 'content/staff-or-em/en';

  it.each<[string, Broken, string]>([
    [
      'a step',
      without('05-core.md'),
      `${DE}/05-core.md: step "core": expected a file like ${EN}/05-core.md, found none`,
    ],
    [
      'the workbook',
      without('workbook.yaml'),
      `${DE}/workbook.yaml: expected a file like ${EN}/workbook.yaml, found none`,
    ],
    [
      'a topic',
      edited(
        '06-staff-role.md',
        '[staff.essence.varies, staff.essence.without-authority, staff.essence.leverage]',
        '[staff.essence.varies, staff.essence.without-authority]',
      ),
      `${DE}/06-staff-role.md:6: topics: step "staff-role": expected 3 entries, got 2, as in ${EN}/06-staff-role.md`,
    ],
    [
      'the topics of a line',
      edited('05-core.md', '        topics: [core.em.people]\n', ''),
      `${DE}/05-core.md:17: columns[1].lines[0].topics: step "core": expected ["core.em.people"], got no such field, as in ${EN}/05-core.md`,
    ],
    [
      'the right topic',
      edited('05-core.md', '[core.em.people]', '[core.em.systems]'),
      `${DE}/05-core.md:18: columns[1].lines[0].topics[0]: step "core": expected "core.em.people", got "core.em.systems", as in ${EN}/05-core.md`,
    ],
    [
      'a field that may be left out',
      edited('10-myth-depth.md', 'cue: ', '# cue: '),
      `${DE}/10-myth-depth.md:2: cue: step "myth-depth": expected "Ask after the vote: what makes this one so easy to believe?", got no such field, as in ${EN}/10-myth-depth.md`,
    ],
    [
      'the same budget',
      edited('10-myth-depth.md', 'minutes: 3', 'minutes: 4'),
      `${DE}/10-myth-depth.md:5: minutes: step "myth-depth": expected 3, got 4, as in ${EN}/10-myth-depth.md`,
    ],
    [
      'the same plan',
      edited('workshop.yaml', '      - hard-poll\n', ''),
      `${DE}/workshop.yaml:21: plans[1].skip: expected 11 entries, got 10, as in ${EN}/workshop.yaml`,
    ],
    [
      'a translation',
      edited(
        '12-success-rule.md',
        'Die eine Hälfte geht nicht ohne die andere.',
        'Neither half works without the other.',
      ),
      `${DE}/12-success-rule.md:17: close: step "success-rule": expected a translation, got "Neither half works without the other.", as in ${EN}/12-success-rule.md`,
    ],
  ])('%s', (_, other, said) => {
    expect(differences(en, other())).toEqual([said]);
  });

  it('a step that English does not have', () => {
    const source = de.files.get('05-core.md')!.replace('id: core', 'id: kern');
    const more = { ...de, files: new Map(de.files).set('31-kern.md', source) };
    expect(differences(en, more)).toEqual([
      `${DE}/31-kern.md: step "kern": expected ${EN}/31-kern.md beside it, found none`,
    ]);
  });
});

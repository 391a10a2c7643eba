/** A workshop of one's own in one command: it runs as it is, and says what every field is for. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentDirs } from '#server/config.ts';
import { ContentError, loadContent, summaries } from '#server/content.ts';

const root = await mkdtemp(join(tmpdir(), 'crossroads-new-'));
afterAll(() => rm(root, { recursive: true, force: true }));

function run(script: string, dirs: string, ...args: string[]) {
  const env = { ...process.env, CONTENT_DIR: dirs };
  return spawnSync(process.execPath, [`server/${script}`, ...args], { encoding: 'utf8', env });
}

describe('content:new', () => {
  it('makes a workshop outside the repository that passes the check and joins the others', async () => {
    const dirs = `./content, ${join(root, 'own')}`;
    const made = run('content-new.ts', dirs, 'my-workshop');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toContain(join(root, 'own', 'my-workshop', 'en', 'workshop.yaml'));
    const checked = run('content-check.ts', dirs);
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    expect(checked.stdout).toMatch(/^my-workshop \(en\): Build it or buy it\?$/m);
    expect(checked.stdout).toMatch(/^staff-or-em \(en\)/m);
    const listed = summaries(await loadContent(contentDirs(dirs))).map(({ id }) => id);
    expect(listed).toEqual(['staff-or-em', 'my-workshop']);
  });

  it('shows a step of every kind but a story, each with a comment that explains it', async () => {
    const dir = 'server/content/template/en';
    const steps = (await readdir(dir)).filter((name) => name.endsWith('.md'));
    const texts = await Promise.all(steps.map((name) => readFile(join(dir, name), 'utf8')));
    const kinds = texts.map((text) => /^kind: (\w+)$/m.exec(text)?.[1]);
    expect(new Set(kinds).size).toBe(12);
    for (const text of texts) expect(text).toMatch(/^# /m);
  });

  it('keeps its plans’ promises: the minutes are those of the steps', async () => {
    const [workshop] = await loadContent(join(root, 'own'));
    const { plans, steps } = workshop!.languages.get('en')!;
    for (const { minutes, skip } of plans) {
      const own = steps.filter(({ id }) => !skip.includes(id));
      const sum = own.reduce((total, step) => total + step.minutes, 0);
      expect(Math.abs(sum - minutes)).toBeLessThanOrEqual(minutes / 5);
    }
  });

  it.each(['My Workshop', '../elsewhere', 'constructor', ''])(
    'refuses the name "%s" in one sentence, and makes nothing',
    async (name) => {
      const dir = join(root, 'refused');
      await mkdir(dir, { recursive: true });
      const { status, stderr } = run('content-new.ts', dir, name);
      expect(status).toBe(1);
      expect(stderr).toContain('cannot be the name of a workshop');
      expect(await readdir(dir)).toEqual([]);
    },
  );

  it('asks for a name, and leaves what is there alone', () => {
    expect(run('content-new.ts', root)).toMatchObject({ status: 1, stdout: '' });
    const again = run('content-new.ts', join(root, 'own'), 'my-workshop');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('my-workshop is there already.');
    // In any folder: the server would not start with two of one name.
    const twice = run('content-new.ts', `./content, ${join(root, 'own')}`, 'staff-or-em');
    expect(twice).toMatchObject({ status: 1, stdout: '' });
    expect(twice.stderr).toContain('content/staff-or-em is there already.');
  });

  it('says so when something beside the new workshop is broken', () => {
    const { status, stderr } = run('content-new.ts', join(root, 'own', 'my-workshop'), 'inner');
    expect(status).toBe(1);
    expect(stderr).toContain('inner is fine, but something beside it is not:');
  });
});

describe('several folders of workshops', () => {
  it('read as one list; the same name twice is told, with the place', async () => {
    expect(contentDirs(' ./content , /srv/own ')).toEqual(['./content', '/srv/own']);
    expect(contentDirs()).toEqual(['./content']);
    const own = join(root, 'own');
    const twice = await loadContent([own, own]).catch((error: unknown) => error);
    expect(twice).toBeInstanceOf(ContentError);
    expect((twice as Error).message).toContain('another folder has "my-workshop" too');
  });
});

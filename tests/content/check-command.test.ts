import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = await mkdtemp(join(tmpdir(), 'crossroads-check-'));
afterAll(() => rm(root, { recursive: true, force: true }));

function check(...args: string[]) {
  const env = { ...process.env };
  delete env.CONTENT_DIR;
  return spawnSync(process.execPath, ['server/content-check.ts', ...args], {
    encoding: 'utf8',
    env,
  });
}

describe('content:check', () => {
  it('prints what is installed, with the budget of every plan', () => {
    const { status, stdout, stderr } = check();
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^staff-or-em \(en\): Staff Engineer or Engineering Manager\?$/m);
    expect(stdout).toMatch(/^ {2}full: 90 minutes, 30 steps of 90 minutes$/m);
    const plans = [...stdout.matchAll(/: (\S+) minutes, \d+ steps of (\S+) minutes$/gm)];
    // The start page and the console count the steps: what a plan calls itself must be that.
    for (const [line, named, counted] of plans) expect(named, line).toBe(counted);
    expect(status).toBe(0);
  });

  it('prints every problem and how many there are, and fails', async () => {
    const dir = join(root, 'broken');
    await cp('tests/content/fixtures/sample', dir, { recursive: true });
    const file = join(dir, 'tea-or-coffee/en/02-pull.md');
    const source = await readFile(file, 'utf8');
    await writeFile(file, source.replace('minutes: 1', 'minutes: ten'));
    const { status, stdout, stderr } = check(dir);
    expect(stderr).toBe(
      `${file}:5: minutes: expected a number from 0.5 to 60, got "ten"\n\n1 problem in ${dir}\n`,
    );
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('says that a folder is missing', () => {
    const { status, stderr } = check('no-such-folder');
    expect(stderr).toContain('no-such-folder: expected a folder with workshops, found none');
    expect(status).toBe(1);
  });
});

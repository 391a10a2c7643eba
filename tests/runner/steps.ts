/** What `npm test` does, in order. A name here is what `npm test -- <name>` takes. */
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const results = join(root, 'test-results');

export interface Step {
  name: string;
  /** What it shows when it passes. */
  title: string;
  command: string[];
  /** Steps whose outcome this one stands on; they run first, and if one fails this one does not run. */
  needs: string[];
  /** A test runner's JSON report; without one the step counts as one check. */
  report?: { by: 'vitest' | 'playwright'; file: string };
}

const script = (name: string) => ['npm', 'run', '--silent', name];

const check = (name: string, title: string, command: string[], ...needs: string[]): Step => ({
  name,
  title,
  command,
  needs,
});

function vitest(name: string, title: string, ...needs: string[]): Step {
  const file = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return {
    name,
    title,
    command: ['vitest', 'run', '--project', name, ...reporters],
    needs,
    report: { by: 'vitest', file },
  };
}

/** Each inner list runs side by side on the cores there are; the lists run one after the other. */
export const phases: Step[][] = [
  [
    check('setup', 'a Redis server, HAProxy and a Chromium are there', [
      'node',
      'tests/setup/provision.ts',
    ]),
  ],
  [check('texts', 'interface texts compile', script('sync'))],
  [
    check('types', 'types of front end, server and tests', script('check:types'), 'texts'),
    check('lint', 'lint', script('lint'), 'texts'),
    check('format', 'formatting', script('format:check')),
    check('deps', 'import directions', script('deps:check'), 'texts'),
    check('content', 'workshops are complete and valid', script('content:check')),
    vitest('unit', 'unit and property tests', 'texts'),
  ],
  [check('build', 'production build', ['node', 'server/prestart.ts'])],
  // Alone, because they measure time and kill processes; they ask the server for its pages, too.
  [vitest('integration', 'server tests on real engines and processes', 'setup', 'texts', 'build')],
  [
    {
      name: 'browser',
      title: 'whole sessions in Chromium',
      command: ['playwright', 'test'],
      needs: ['setup', 'build'],
      report: { by: 'playwright', file: join(results, 'browser.json') },
    },
  ],
];

/**
 * The phases with only the named steps and those they need; all of them for no names.
 * Throws a sentence that lists the names if one is unknown.
 */
export function choose(names: string[]): Step[][] {
  const all = phases.flat();
  const unknown = names.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = all.map((step) => step.name).join(', ');
    throw new Error(`There is no test step called ${unknown.join(', ')}. There are: ${known}.`);
  }
  const wanted = new Set<string>();
  const want = (name: string): void => {
    wanted.add(name);
    all.find((step) => step.name === name)?.needs.forEach(want);
  };
  (names.length > 0 ? names : all.map((step) => step.name)).forEach(want);
  return phases.map((phase) => phase.filter((step) => wanted.has(step.name)));
}

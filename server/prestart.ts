/**
 * Builds the front end when the build is missing or older than what it is made from, so that
 * `npm start` is all a fresh clone needs. Staleness is a hash of the inputs, not their times:
 * a fresh clone or a copied folder has any times at all. `--force` builds in any case.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const build = join(root, 'build');
const stamp = join(build, '.inputs');

const inputs = [
  'src',
  'languages.config.ts',
  'package-lock.json',
  'package.json',
  'paraglide.config.ts',
  'svelte.config.js',
  'vite.config.ts',
];
// Made from the inputs by the build itself, or by the compiler beside its settings.
const made = ['src/lib/i18n/paraglide', 'src/lib/i18n/project.inlang'];

/** Hex SHA-256 over the names and contents of all inputs, in a fixed order. */
function hashInputs(): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((path) => filesUnder(join(root, path))).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (made.includes(relative(root, path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

/** Runs a tool of node_modules; its output shows only when it fails, and then ends the process. */
function run(title: string, tool: string, ...args: string[]): void {
  const started = performance.now();
  process.stdout.write(`  ${title} … `);
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(root, tool), ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (status !== 0) {
    console.log('failed\n');
    fail(`${title} failed, see below.\n\n${stdout}${stderr}${error ? String(error) : ''}`);
  }
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function fail(reason: string): never {
  console.error(`The front end could not be built: ${reason}`);
  process.exit(1);
}

const vite = 'node_modules/vite/bin/vite.js';
const hash = hashInputs();
const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

if (!fresh || process.argv.includes('--force')) {
  if (!existsSync(join(root, vite))) {
    fail('the build tools are not installed. Run `npm ci` (without --omit=dev) and try again.');
  }
  console.log(
    existsSync(stamp)
      ? 'Building the front end: its sources changed since the last build.'
      : 'Building the front end, once (about half a minute).',
  );
  // Gone first, so that a build cut off in the middle is never taken for a good one.
  rmSync(stamp, { force: true });
  run('interface texts', 'paraglide.config.ts');
  run('pages', vite, 'build');
  writeFileSync(stamp, hash);
}

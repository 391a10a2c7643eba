/**
 * Makes sure that a Redis server, HAProxy and a Chromium are there, so that a fresh machine with Node and
 * apt can run all tests by one command. Run by tests/run.ts; nothing is installed where they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { chromiumBrowser, proxyServer, redisServer } from './programs.ts';

const programs = [redisServer, proxyServer, chromiumBrowser];
const missing = programs.filter((program) => program.find() === undefined);
if (missing.length > 0) install(missing.map((program) => program.debianPackage));

const absent = programs.filter((program) => program.find() === undefined);
if (absent.length > 0) {
  const what = absent.map((program) => program.name).join(' and ');
  const packages = absent.map((program) => program.debianPackage).join(' ');
  const variables = absent.map((program) => program.variable).join(' and ');
  console.error(
    `The tests need ${what}. Install with "apt-get install ${packages}" as root ` +
      `(macOS: brew), or set ${variables} to the path of your own.`,
  );
  process.exit(1);
}
for (const program of programs) console.log(`${program.name}: ${program.find()}`);

/** Installs by apt, where this is root on Debian or Ubuntu; otherwise does nothing. */
function install(packages: string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${packages.join(' and ')} with apt-get (a minute or two) …`);
  // The packages would start servers of their own on the usual ports; a test starts what it needs.
  const policy = '/usr/sbin/policy-rc.d';
  const ownPolicy = !existsSync(policy);
  if (ownPolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // A stale list is no reason to stop here: the install below says what is wrong.
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  } finally {
    if (ownPolicy) rmSync(policy, { force: true });
  }
}

function apt(...args: string[]): void {
  spawnSync('apt-get', ['-q', '-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Finds the programs the tests need besides Node: a Redis server, HAProxy and a Chromium. */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type * as Playwright from '@playwright/test';

export interface Program {
  /** What a reader calls it. */
  name: string;
  /** The environment variable that names another one. */
  variable: string;
  /** Its package in Debian and Ubuntu. */
  debianPackage: string;
  /** An absolute path, or undefined where there is none. Throws if the variable names no program. */
  find(): string | undefined;
}

export const redisServer: Program = {
  name: 'a Redis server',
  variable: 'REDIS_SERVER',
  debianPackage: 'redis-server',
  find: () => named('REDIS_SERVER') ?? onPath('redis-server', 'valkey-server'),
};

export const chromiumBrowser: Program = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  // Chromium without a window: a third of the CPU per page, and what has one serves as well.
  debianPackage: 'chromium-headless-shell',
  find: () =>
    named('CHROMIUM_PATH') ??
    onPath(
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
    ) ??
    playwrightsOwn(),
};

export const proxyServer: Program = {
  name: 'HAProxy',
  variable: 'HAPROXY',
  debianPackage: 'haproxy',
  find: () => named('HAPROXY') ?? onPath('haproxy'),
};

/** The path of a program that must be there by now; throws a sentence that says what to do. */
export function required(program: Program): string {
  const path = program.find();
  if (path !== undefined) return path;
  throw new Error(
    `${program.name} was not found. Install it (Debian: apt-get install ${program.debianPackage}) ` +
      `or set ${program.variable} to its path.`,
  );
}

function named(variable: string): string | undefined {
  const path = process.env[variable];
  if (!path) return undefined;
  if (isProgram(path)) return path;
  throw new Error(`${variable} is set to ${path}, which is no program that can be run.`);
}

function onPath(...names: string[]): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

// Loaded only when it is needed: a test that wants nothing but a Redis should not wait for it.
function playwrightsOwn(): string | undefined {
  const require = createRequire(import.meta.url);
  const { chromium } = require('@playwright/test') as typeof Playwright;
  return [chromium.executablePath()].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

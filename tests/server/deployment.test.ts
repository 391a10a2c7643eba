/** What is deployed: the image, the compose file, the proxies' configurations, the locked packages. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../setup/app.ts';
import { proxyServer, required } from '../setup/programs.ts';
import { startProxy } from '../setup/proxy.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

interface Service {
  environment: Record<string, string>;
  volumes: string[];
}
const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<'proxy' | 'app-1' | 'app-2' | 'redis', Service>;
};

test('every variable is in .env.example, and nothing else; compose names none that is not', () => {
  const known = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const settings = read('server/config.ts').matchAll(/^ {2}([A-Z_]+): /gm);
  expect(known.sort()).toEqual([...settings].map(([, name]) => name).sort());
  for (const app of [services['app-1'], services['app-2']])
    for (const name of Object.keys(app.environment)) expect(known).toContain(name);
});

test('compose gives the proxy the very file that the tests use, both nodes the same settings', () => {
  expect(services.proxy.volumes[0]).toMatch(/^\.\/server\/haproxy\.cfg:/);
  for (const [, name = ''] of read('server/haproxy.cfg').matchAll(/"\$\{(\w+)\}"/g))
    expect(services.proxy.environment).toHaveProperty(name);
  expect(services['app-1']).toEqual(services['app-2']);
});

test.each([
  ['haproxy.cfg', ['NODE_1', 'NODE_2']],
  ['haproxy-redis.cfg', ['REDIS_1', 'REDIS_2']],
])('HAProxy takes %s', (file, names) => {
  const env = Object.fromEntries([...names, 'LISTEN'].map((name) => [name, '127.0.0.1:1']));
  const args = ['-c', '-f', join(root, 'server', file)];
  const { status, stderr } = spawnSync(required(proxyServer), args, { env, encoding: 'utf8' });
  expect(stderr).not.toMatch(/ALERT|WARNING/);
  expect(status).toBe(0);
});

/** A folder with what the last stage of the Dockerfile copies. */
function copyImage(): string {
  const image = mkdtempSync(join(tmpdir(), 'crossroads-image-'));
  onTestFinished(() => rmSync(image, { recursive: true }));
  const [, last = ''] = read('Dockerfile').split(/^FROM (?=[^\n]+$)(?![^]*^FROM )/m);
  expect(last).toContain('USER node');
  for (const [, from = '', words = ''] of last.matchAll(/^COPY (--from=\w+ )?(.+)$/gm)) {
    const names = words.split(' ').map((name) => name.replace(/^(\/app|\.)\//, ''));
    const sources = names.slice(0, -1);
    for (const name of sources) {
      // Only the packages are others in the image; `deps:check` keeps the server to those.
      if (from && name === 'node_modules') symlinkSync(join(root, name), join(image, name));
      else cpSync(join(root, name), join(image, name), { recursive: true });
    }
  }
  return image;
}

const startImage = (image: string) =>
  startApp({
    entry: join(image, 'server/main.ts'),
    env: { CONTENT_DIR: join(image, 'content') },
  });

test('what the Dockerfile copies is all that the server needs', async () => {
  const app = await startImage(copyImage());
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  expect(await (await fetch(app.url)).text()).toContain('<!doctype html>');
  await app.stop();
});

test('R5 while nodes of two versions run, a page of either gets its files through the proxy', async () => {
  const image = copyImage();
  writeFileSync(join(image, 'build/client/_app/immutable/of-one-version.js'), 'export {};');
  const nodes = await Promise.all([startImage(image), startApp()]);
  const proxy = await startProxy([nodes[0].port, nodes[1].port]);
  const ask = async (file: string) => (await fetch(`${proxy.url}/_app/immutable/${file}`)).status;
  const answers = (file: string) => Promise.all(Array.from({ length: 10 }, () => ask(file)));
  expect(new Set(await answers('of-one-version.js'))).toEqual(new Set([200]));
  expect(new Set(await answers('of-none.js'))).toEqual(new Set([404]));
  await proxy.stop();
  await Promise.all(nodes.map((node) => node.stop()));
});

test('S10 every package is locked by its hash and comes from the registry; one alone may run a script', () => {
  interface Locked {
    integrity?: string;
    resolved?: string;
    hasInstallScript?: boolean;
    dev?: boolean;
    optional?: boolean;
  }
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, Locked>;
  };
  const { '': _root, ...locked } = packages;
  for (const [path, { integrity, resolved = '', dev, optional }] of Object.entries(locked)) {
    // npm gives no hash to tools for platforms that it was not run on; the server needs none of them.
    if (integrity || !(dev && optional)) expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved, path).toMatch(/^$|^https:\/\/registry\.npmjs\.org\//);
  }
  const scripted = Object.keys(locked).filter((path) => locked[path]?.hasInstallScript);
  // It brings the right Node; whatever else came with a script is not allowed to run it.
  expect(scripted).toEqual(['node_modules/node']);
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: object };
  expect(allowScripts).toEqual({ node: true });
});

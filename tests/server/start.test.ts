/** Bad settings stop the start with a sentence that says what was expected, and nothing else. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig, VARIABLES } from '#server/config.ts';
import { startApp, TEST_SECRET } from '../setup/app.ts';
import { freePort } from '../setup/ports.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'crossroads-start-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

writeFileSync(join(scratch, 'file'), '');
/** Name, folder, and what a shell does before it becomes the server. */
const UNWRITABLE: [what: string, dir: string, shell?: string][] = [
  ['is a file', join(scratch, 'file')],
  ['lies in a file', join(scratch, 'file', 'data')],
  // What a process feels of a full disk: no byte more can be written.
  ['has no room', join(scratch, 'full'), 'trap "" XFSZ; ulimit -f 0;'],
  // Root may write wherever a file system lets anybody write.
  ...(process.platform === 'linux'
    ? ([
        ['cannot be made', '/proc/nope'],
        ['may not be written', '/proc/sys'],
      ] as [string, string][])
    : []),
];

/** Runs the start to its end. */
function start(env: Record<string, string>): { status: number | null; printed: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN], {
    env: { ...process.env, DATA_DIR: join(scratch, 'data'), HOST: '127.0.0.1', ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, printed: stdout + stderr };
}

describe('settings', () => {
  test.each([
    ['PORT', 'eighty', 'PORT: expected a whole number from 0 to 65535, got "eighty"'],
    ['PORT', '70000', 'PORT: expected a whole number from 0 to 65535, got "70000"'],
    ['PORT', ' ', 'PORT: expected a whole number from 0 to 65535, got " "'],
    ['PORT', '0x50', 'PORT: expected a whole number from 0 to 65535, got "0x50"'],
    ['HOST', ' ', 'HOST: expected an address such as 0.0.0.0'],
    ['ORIGIN', 'crossroads.example', 'ORIGIN: expected addresses without a path'],
    ['ORIGIN', 'https://crossroads.example/app', 'ORIGIN: expected addresses without a path'],
    ['REDIS_URL', 'localhost:6379', 'REDIS_URL: expected an address such as redis://'],
    ['CROSSROADS_SECRET', 'short', 'CROSSROADS_SECRET: expected at least 32 random characters'],
    ['DATA_DIR', ' ', 'DATA_DIR: expected a folder'],
    ['OPERATOR_NAME', 'x'.repeat(81), 'OPERATOR_NAME: expected at most 80 characters'],
    ['CREATE_PASSPHRASE', 'x'.repeat(201), 'CREATE_PASSPHRASE: expected at most 200 characters'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN: expected at least 16 characters'],
    ['MAX_SEATS', '3', 'MAX_SEATS: expected a whole number from 5 to 20000, got "3"'],
    ['MAX_SESSIONS', '0', 'MAX_SESSIONS: expected a whole number from 1 to 100000, got "0"'],
    ['TRUST_PROXY', 'foo', 'TRUST_PROXY: expected true, the number of proxies, or their addresses'],
    ['TRUST_PROXY', '10.0.0.0/99', 'TRUST_PROXY: expected true, the number of proxies'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: expected fatal, error, warn, info or debug, got "loud"'],
    ['CONTENT_DIR', ',', 'CONTENT_DIR: expected a folder, or several separated by commas'],
  ])('%s=%s is refused', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });

  test('.env.example lists every one of them, each as it is without it', () => {
    const example = parseEnv(readFileSync(join(ROOT, '.env.example'), 'utf8'));
    expect(Object.keys(example).sort()).toEqual([...VARIABLES].sort());
    expect(readConfig(example)).toEqual(readConfig({}));
  });

  test.each([
    ['', false],
    ['false', false],
    ['0', false],
    ['true', true],
    ['2', 2],
    ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
  ])('TRUST_PROXY=%s is taken', (value, trustProxy) => {
    expect(readConfig({ TRUST_PROXY: value }).trustProxy).toBe(trustProxy);
  });

  test('every bad variable is named at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT[^]*LOG_LEVEL/);
  });

  test('an error never repeats a secret', () => {
    const tell = () => readConfig({ CROSSROADS_SECRET: 'hunter2', REDIS_URL: 'hunter3' });
    expect(tell).toThrow('CROSSROADS_SECRET');
    expect(tell).not.toThrow(/hunter/);
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ PORT: '', ORIGIN: '', REDIS_URL: '' })).toMatchObject({
      port: 3000,
      origins: [],
      redisUrl: null,
    });
  });

  test('DISC-11 Redis without a secret is refused: the sealing key is never in Redis', () => {
    const { status, printed } = start({ REDIS_URL: 'redis://127.0.0.1:6379' });
    expect(status).toBe(1);
    expect(printed).toContain('CROSSROADS_SECRET is needed with REDIS_URL');
  });
});

describe('the start', () => {
  test('a bad variable ends it with a sentence, not a stack', () => {
    const { status, printed } = start({ PORT: 'eighty' });
    expect(status).toBe(1);
    expect(printed).toContain('PORT: expected a whole number');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('a HOST that is no address is named, with the way out', () => {
    const { status, printed } = start({ HOST: 'foo.invalid', PORT: '0' });
    expect(status).toBe(1);
    expect(printed).toContain('HOST foo.invalid is not an address of this machine');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('a port in use is named, with the way out', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const { status, printed } = start({ PORT: String(port) });
    blocker.close();
    expect(status).toBe(1);
    expect(printed).toContain(`Port ${port} is in use`);
    expect(printed).toContain('PORT=');
  });

  test('a DATA_DIR that cannot be written is named, at once, whatever the reason', async () => {
    await Promise.all(
      UNWRITABLE.map(async ([what, dir, shell = '']) => {
        const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dir };
        const words = ['-c', `${shell} exec "$@"`, 'sh', process.execPath, MAIN];
        const run = promisify(execFile)('sh', words, { env, timeout: 15_000 });
        const ended = await run.catch(
          (error: unknown) => error as { code: unknown; stderr: string },
        );
        expect(ended, what).toMatchObject({ code: 1 });
        expect(ended.stderr, what).toContain(`The folder ${dir} cannot be written`);
        expect(ended.stderr, what).not.toMatch(/^\s+at /m);
      }),
    );
  });

  test('a Redis that is not there is named, without its password', async () => {
    const port = await freePort();
    const url = `redis://:topsecret@127.0.0.1:${port}`;
    const { status, printed } = start({ REDIS_URL: url, CROSSROADS_SECRET: TEST_SECRET });
    expect(status).toBe(1);
    expect(printed).toContain(`127.0.0.1:${port}`);
    expect(printed).not.toContain('topsecret');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('an error in a workshop names file, line and field, and what was expected', () => {
    const folder = join(scratch, 'content', 'mine', 'en');
    mkdirSync(folder, { recursive: true });
    const head = 'title: Mine\nsummary: A workshop\nplans: 7\npoles: []\n';
    writeFileSync(join(folder, 'workshop.yaml'), head);
    const { status, printed } = start({ CONTENT_DIR: join(scratch, 'content') });
    expect(status).toBe(1);
    expect(printed).toMatch(/workshop\.yaml:3.*plans/);
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('a missing folder of workshops is named', () => {
    const { status, printed } = start({ CONTENT_DIR: join(scratch, 'nowhere') });
    expect(status).toBe(1);
    expect(printed).toContain(join(scratch, 'nowhere'));
  });

  test('the address for this machine and for phones is printed', async () => {
    const app = await startApp({ env: { ORIGIN: 'https://crossroads.example' } });
    expect(app.output()).toContain(`http://localhost:${app.port}`);
    expect(app.output()).toContain('https://crossroads.example');
    await app.stop();
  });
});

describe('health, and requests nobody should send', () => {
  test('health, readiness and metrics answer; unknown and malformed requests get one shape', async () => {
    const app = await startApp({ env: { METRICS_TOKEN: 'a token for Prometheus alone' } });
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(app.url + path, init);
      return { status: response.status, text: await response.text() };
    };
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 200 });
    const token = 'a token for Prometheus alone';
    const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
    expect((await get('/metrics', bearer(token))).text).toContain('crossroads_ballots_total 0');
    expect(await get('/metrics')).toMatchObject({ status: 401 });
    expect(await get('/metrics', bearer('guess'))).toMatchObject({ status: 401 });
    const malformed = JSON.stringify({ ok: false, reason: 'malformed' });
    expect(await get('/api/nothing')).toEqual({ status: 404, text: malformed });
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{', '[]', '{"room":7}', '{"__proto__":{"a":1}}'])
      expect(await get('/api/sessions', { method: 'POST', headers, body })).toEqual({
        status: 400,
        text: malformed,
      });
    const body = JSON.stringify({ room: 'x'.repeat(9000) });
    expect((await get('/api/sessions', { method: 'POST', headers, body })).status).toBe(413);
    await app.stop();
  });
});

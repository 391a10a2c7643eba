/** T11: what a thief of the store, its files or its logs finds, during a whole session and after it. */
import { hkdfSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis, type StoreClient } from '#server/store/client.ts';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { open } from '../server/store/stores.ts';
import { bytesBelow, readAll, readAppendOnly } from './at-rest.ts';
import { asCommand, misfit } from './grammar.ts';
import { smuggledSession, type SmuggledSession } from './smuggled-session.ts';

const DAY_MS = 24 * 3_600_000;
const PASSPHRASE = 'canary-passphrase-51b0';
const HELD = ['--save', '3600 1', '--aof-use-rdb-preamble', 'no', '--rdbcompression', 'no'];
const SLOW = ['--slowlog-log-slower-than', '0', '--slowlog-max-len', '100000'];
const ENV = { TRUST_PROXY: '1', LOG_LEVEL: 'debug', CREATE_PASSPHRASE: PASSPHRASE };

/** Everything that must be nowhere: words of clients, tokens, secrets, and keys made of them. */
function forbidden({ words, sid }: SmuggledSession, secret: string): string[] {
  const key = Buffer.from(hkdfSync('sha256', secret, sid, 'crossroads ballots', 32));
  const keys = (['hex', 'base64', 'base64url', 'latin1'] as const).map((form) =>
    key.toString(form),
  );
  const answers = ['"cell":', '"lean":', '"marks":', '"choice":'];
  return [...words, ...keys, ...answers, secret, PASSPHRASE];
}

function foundIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) => text.includes(word));
}

const fields = (line: string) => Object.keys(JSON.parse(line) as object);

/** What the process printed: its greeting, and events with the few fields they may have (S8). */
function expectSilent(app: TestApp, words: readonly string[], sid: string): void {
  expect(foundIn(app.output(), [...words, sid, '127.0.0.1'])).toEqual([]);
  const events = app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const known = ['level', 'time', 'event', 'room', 'code', 'count', 'at'];
  expect(events.flatMap(fields).filter((field) => !known.includes(field))).toEqual([]);
}

describe('T11 DISC-11 a real Redis with an append-only file and snapshots', () => {
  let redis: TestRedis;
  let app: TestApp;
  let client: StoreClient;
  let session: SmuggledSession;
  /** Asked for when it is needed: every ballot adds a nonce. */
  let words: () => string[];
  let monitored = '';
  beforeAll(async () => {
    redis = await startRedis({ appendonly: true, args: [...HELD, ...SLOW] });
    const env = { ...ENV, REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET };
    app = await startApp({ env });
    client = await connectRedis({ url: redis.url }, () => undefined);
    const monitor = connect(redis.port, '127.0.0.1', () => monitor.write('MONITOR\r\n'));
    monitor.on('data', (chunk) => (monitored += chunk.toString('latin1')));
    session = await smuggledSession(app.url, PASSPHRASE);
    words = () => forbidden(session, TEST_SECRET);
  });
  afterAll(async () => {
    session.close();
    await client.close();
    await app.stop();
    await redis.stop();
  });

  /** The snapshot file as another server reads it. */
  async function snapshot() {
    const dir = mkdtempSync(join(tmpdir(), 'crossroads-copy-'));
    cpSync(join(redis.dir, 'dump.rdb'), join(dir, 'dump.rdb'));
    const other = await startRedis({ args: ['--dir', dir] });
    const reader = await connectRedis({ url: other.url }, () => undefined);
    const entries = await readAll(reader);
    await reader.close();
    await other.stop();
    rmSync(dir, { recursive: true });
    return entries;
  }
  const ballots = (commands: string[][]) =>
    commands.filter(([, key = '']) => key.includes(':ballots:'));
  const records = (commands: string[][]) =>
    ballots(commands)
      .filter(([name]) => name === 'HSET')
      .map((command) => command.at(-1) ?? '');

  /** The append-only file once it holds so many ballots: on a slow disk Redis writes it seconds later. */
  async function written(count: number): Promise<string[][]> {
    const held = () => records(readAppendOnly(redis.dir)).length;
    await expect.poll(held, { timeout: 10_000 }).toBe(count);
    return readAppendOnly(redis.dir);
  }

  test('while a round is open: nothing but what the rules allow, every ballot of one length', async () => {
    await session.vote('assessment', (seat) => ({
      lean: seat % 5,
      marks: Array.from({ length: 12 }, (_, at) => (at + seat) % 3),
    }));
    await client.command('SAVE');
    // Six people, one of whom changed her mind.
    const commands = await written(7);
    expect(commands.map(misfit).filter((finding) => finding !== null)).toEqual([]);
    const entries = await readAll(client);
    expect(
      entries
        .map(asCommand)
        .map(misfit)
        .filter((finding) => finding !== null),
    ).toEqual([]);
    expect((await snapshot()).map(({ key }) => key).sort()).toEqual(
      entries.map(({ key }) => key).sort(),
    );
    expect(new Set(records(commands).map(({ length }) => length)).size).toBe(1);
    expect(new Set(records(commands)).size).toBe(7);
    for (const [path, bytes] of bytesBelow(redis.dir))
      expect(foundIn(bytes, words()), path).toEqual([]);
  });

  test('every key of a session that somebody joined ends within 24 h', async () => {
    const latest = Date.now() + DAY_MS;
    for (const { key, expires } of await readAll(client)) {
      expect(expires, key).toBeGreaterThan(Date.now());
      expect(expires, key).toBeLessThanOrEqual(latest);
    }
  });

  test('after the close: releases and a bare list; no ballot in memory, append-only file or snapshot', async () => {
    const sealed = records(readAppendOnly(redis.dir));
    await session.closeRound();
    await expect.poll(() => ballots(readAppendOnly(redis.dir)), { timeout: 10_000 }).toEqual([]);
    await expect
      .poll(async () => (await snapshot()).filter(({ key }) => key.includes(':ballots:')), {
        timeout: 10_000,
      })
      .toEqual([]);
    expect((await readAll(client)).filter(({ key }) => key.includes(':ballots:'))).toEqual([]);
    for (const [path, bytes] of bytesBelow(redis.dir))
      expect(foundIn(bytes, sealed), path).toEqual([]);
  });

  test('a ballot of another kind has the same length, and neither slow log, monitor nor process tells more', async () => {
    const before = monitored.length;
    await session.vote('myth', (seat) => ({ cell: seat % 3 }));
    const now = records(await written(7));
    expect(new Set(now.map(({ length }) => length))).toEqual(new Set([8 + 1 + 43 + 1 + 102]));
    const slow = JSON.stringify(await client.command('SLOWLOG', 'GET', '-1'));
    expect(slow).toContain('EVALSHA');
    expect(foundIn(slow, words())).toEqual([]);
    // What the monitor shows of ballots is what lies in the file: their commands say no more than it.
    expect(monitored.slice(before)).toContain('ballots:myth-depth');
    expect(foundIn(monitored, words())).toEqual([]);
    expectSilent(app, words(), session.sid);
    await session.closeRound();
  });

  test('after the end: nothing of the session at all', async () => {
    const seats = readAppendOnly(redis.dir)
      .flatMap((command) => (command[1]?.endsWith(':seats') ? command.slice(2) : []))
      .filter((word) => word.length === 43);
    expect(seats.length).toBeGreaterThanOrEqual(6);
    await session.end();
    expect(await client.command('KEYS', '*')).toEqual([]);
    const left = () =>
      [...bytesBelow(redis.dir)].flatMap(([path, bytes]) =>
        foundIn(bytes, [session.sid, ...seats]).map((word) => `${path} ${word}`),
      );
    await expect.poll(left, { timeout: 15_000, interval: 100 }).toEqual([]);
    expect(await snapshot()).toEqual([]);
    const log = await client.command('SLOWLOG', 'GET', '-1');
    expect(foundIn(JSON.stringify(log), words())).toEqual([]);
    expectSilent(app, words(), session.sid);
  });
});

describe('T11 DISC-11 the embedded engine', () => {
  let app: TestApp;
  let secret: string;
  let session: SmuggledSession;
  let words: () => string[];
  const files = () => bytesBelow(app.dataDir);
  beforeAll(async () => {
    app = await startApp({ env: ENV });
    session = await smuggledSession(app.url, PASSPHRASE);
    secret = readFileSync(join(app.dataDir, 'secret'), 'utf8').trim();
    words = () => forbidden(session, secret);
  });
  afterAll(async () => {
    session.close();
    await app.stop();
  });

  /** The sessions on disk, as an engine reads them. */
  async function onDisk() {
    const dir = mkdtempSync(join(tmpdir(), 'crossroads-copy-'));
    cpSync(join(app.dataDir, 'sessions'), join(dir, 'sessions'), { recursive: true });
    const copy = await open('embedded engine', dir);
    const entries = await readAll(copy.client);
    await copy.stop();
    return entries;
  }
  const sealedOnDisk = async () => (await onDisk()).filter(({ key }) => key.includes(':ballots:'));

  test('while a round is open: sealed ballots of one length, and nothing but what the rules allow', async () => {
    await session.vote('assessment', (seat) => ({
      lean: seat % 5,
      marks: Array.from({ length: 12 }, (_, at) => (at + seat) % 3),
    }));
    await expect
      .poll(async () => (await sealedOnDisk())[0]?.values.length, { timeout: 5_000 })
      .toBe(12);
    const entries = await onDisk();
    expect(
      entries
        .map(asCommand)
        .map(misfit)
        .filter((finding) => finding !== null),
    ).toEqual([]);
    const latest = Date.now() + DAY_MS;
    for (const { key, expires } of entries) expect(expires, key).toBeLessThanOrEqual(latest);
    for (const [path, bytes] of files()) {
      // The key lies beside the sessions, in a file of its own: nobody else has one.
      const allowed = path.endsWith('/secret')
        ? words().filter((word) => word !== secret)
        : words();
      const inside = bytes.replaceAll(/[\w+/=]{16,}/g, (base64) =>
        Buffer.from(base64, 'base64').toString('latin1'),
      );
      expect(foundIn(bytes + inside, allowed), path).toEqual([]);
    }
  });

  test('after the close no ballot, after the end nothing of the session at all', async () => {
    await session.closeRound();
    await expect.poll(sealedOnDisk, { timeout: 5_000 }).toEqual([]);
    await session.vote('myth', (seat) => ({ cell: seat % 3 }));
    await session.closeRound();
    await session.end();
    const left = () => [...files()].filter(([path, bytes]) => (path + bytes).includes(session.sid));
    expect(left()).toEqual([]);
    expect(await onDisk()).toEqual([]);
    expectSilent(app, words(), session.sid);
  });
});

/** The embedded engine and its folder: what a kill, a damaged file and a second process do. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startEmbedded } from '#server/store/embedded.ts';
import { openStore } from '#server/store/open.ts';
import { StoreError, StoreUnavailable, type Store } from '#server/store/store.ts';
import {
  ballot,
  create,
  newSeatToken,
  open,
  quietLog,
  release,
  round,
  takeSeat,
  type OpenStore,
} from './stores.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'crossroads-folder-'));
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'data');
}

/** Past the lock and the key, with a look at what the engine holds. */
async function openEngine(dir: string): Promise<OpenStore> {
  mkdirSync(dir);
  const opened = await open('embedded engine', dir);
  cleanup.push(() => opened.stop());
  return opened;
}

async function start(dir: string): Promise<Store> {
  const config = { redisUrl: null, dataDir: dir, secret: null };
  const { store } = await openStore(config, quietLog([]));
  cleanup.push(() => store.close());
  return store;
}

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const sessionsIn = (dir: string) => readdirSync(join(dir, 'sessions'));

interface Told {
  sid: string;
  code: string;
  token: string;
  version: number;
}

/** A process that has a session with one seat, and counts one ballot after the other. */
async function votingProcess(dir: string) {
  const script = fileURLToPath(new URL('voting-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanup.push(() => child.kill('SIGKILL'));
  const told: (Told & { at: number })[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push({ ...(JSON.parse(line) as Told), at: Date.now() });
  });
  await expect.poll(() => told.length, { timeout: 15_000 }).toBeGreaterThan(0);
  return { child, told };
}

describe('the embedded store', () => {
  test('R1 kill -9 in the middle of votes: the session resumes, at most a second behind', async () => {
    const dir = folder();
    const { child, told } = await votingProcess(dir);
    await sleep(2_500);
    const killed = Date.now();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const socket = readFileSync(join(dir, 'engine'), 'utf8');
    expect(mode(socket)).toBe('700');
    const store = await start(dir);
    expect(existsSync(socket)).toBe(false);
    const { sid, code, token } = told[0] ?? { sid: '', code: '', token: '' };
    expect(await store.findRoom(code)).toBe(sid);
    const grant = await store.authorise(sid, 'participant', token);
    const seat = typeof grant === 'string' ? grant : grant.seat;
    const standing = (await store.standing(sid, seat, 'one')) ?? 0;
    const owed = told.filter(({ at }) => at < killed - 1_000).at(-1)?.version ?? 0;
    expect(owed).toBeGreaterThan(10);
    expect(standing).toBeGreaterThanOrEqual(owed);
    expect(await store.ballot(sid, seat, ballot(99_999_999))).toMatchObject({ result: 'counted' });
    expect(await store.meta(sid)).toMatchObject({ code });
  });

  test('R1 R3 a seat, a new session and a release are on disk before anybody hears of them', async () => {
    const dir = folder();
    const { store } = await openEngine(dir);
    const { sid, code } = await create(store);
    const token = newSeatToken();
    const seat = await takeSeat(store, sid, token);
    const copy = (to: string) => {
      mkdirSync(join(to, 'sessions'), { recursive: true });
      for (const name of sessionsIn(dir).filter((one) => one.endsWith('.session')))
        writeFileSync(join(to, 'sessions', name), readFileSync(join(dir, 'sessions', name)));
    };
    const joined = folder();
    copy(joined);
    await round(store, sid, 'opens');
    await store.ballot(sid, seat, ballot(4));
    await round(store, sid, 'closes');
    const published = await store.settle(sid, 'one', release());
    await store.durable();
    const settled = folder();
    copy(settled);
    const early = await start(joined);
    expect(await early.findRoom(code)).toBe(sid);
    expect(await early.authorise(sid, 'participant', token)).toEqual({ seat });
    const late = await start(settled);
    expect((await late.load(sid))?.releases.get('one')).toEqual(published);
    expect(await late.standing(sid, seat, 'one')).toBe(4);
    expect(await late.settle(sid, 'one', release('one', [1, 1, 3, 3, 4]))).toEqual(published);
  });

  test('DISC-11 an ended session leaves the disk at once, a finished one when it is over', async () => {
    const dir = folder();
    const store = await start(dir);
    const { sid } = await create(store);
    await takeSeat(store, sid);
    expect(sessionsIn(dir)).toEqual([`${sid}.session`]);
    await store.end(sid);
    expect(sessionsIn(dir)).toEqual([]);
    await create(store, Date.now() - 30 * 24 * 3_600_000 + 200);
    await store.close();
    await sleep(250);
    await start(dir);
    expect(sessionsIn(dir)).toEqual([]);
  });

  test('DISC-11 a session that a start has restored leaves the disk when it is over, without another start', async () => {
    const dir = folder();
    const store = await start(dir);
    const { sid } = await create(store, Date.now() - 30 * 24 * 3_600_000 + 4_000);
    await store.close();
    const { client, disk } = await startEmbedded(dir, quietLog([]), 100);
    cleanup.push(() => disk.close().then(() => client.close()));
    expect(await client.command('EXISTS', `cr:{${sid}}:state`)).toBe(1);
    expect(sessionsIn(dir)).toEqual([`${sid}.session`]);
    await expect.poll(() => sessionsIn(dir), { timeout: 8_000 }).toEqual([]);
  });

  test('DISC-11 only this user can read the folder, and the key lies apart from what it seals', async () => {
    const dir = folder();
    const store = await start(dir);
    await create(store);
    expect(mode(dir)).toBe('700');
    expect(mode(join(dir, 'sessions'))).toBe('700');
    const [file = ''] = sessionsIn(dir);
    for (const path of ['secret', 'lock', join('sessions', file)])
      expect(mode(join(dir, path)), path).toBe('600');
    const secret = readFileSync(join(dir, 'secret'), 'utf8');
    expect(readFileSync(join(dir, 'sessions', file), 'utf8')).not.toContain(secret);
    await store.close();
    const config = { redisUrl: null, dataDir: dir, secret: null };
    const again = await openStore(config, quietLog([]));
    cleanup.push(() => again.store.close());
    expect(again.secret).toBe(secret);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -40), 'is damaged'],
    ['with one changed letter', (text: string) => text.replace('"values"', '"valuez"'), 'damaged'],
    ['empty', () => '', 'is damaged'],
    ['of a newer version', (text: string) => text.replace('crossroads 1', 'crossroads 2'), 'newer'],
  ])(
    'a session file that is %s stops the start with a sentence, and stays',
    async (_, spoil, say) => {
      const dir = folder();
      const store = await start(dir);
      const { sid } = await create(store);
      await store.close();
      const path = join(dir, 'sessions', `${sid}.session`);
      const spoilt = spoil(readFileSync(path, 'utf8'));
      writeFileSync(path, spoilt);
      const failure: unknown = await start(dir).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(String(failure)).toContain(say);
      expect(String(failure)).toContain(path);
      expect(readFileSync(path, 'utf8')).toBe(spoilt);
      rmSync(path);
      expect(await (await start(dir)).findRoom('222222')).toBeNull();
    },
  );

  test('a second process is refused the folder; a dead one’s lock is taken over', async () => {
    const dir = folder();
    const { child } = await votingProcess(dir);
    const second: unknown = await start(dir).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(StoreError);
    expect(String(second)).toContain(`Another Crossroads (process ${child.pid})`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await start(dir);
    // The same number once more, as in a container: another process, by its birth.
    await store.close();
    writeFileSync(join(dir, 'lock'), `${process.pid} another-boot/1 x\n`);
    const again = await start(dir);
    await expect(start(dir)).rejects.toThrow('Another Crossroads');
    await again.close();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  test('R4 a disk that cannot be written is told: nothing new is claimed, health is degraded', async () => {
    const dir = folder();
    const store = await start(dir);
    const { sid } = await create(store);
    expect(await store.ping()).toBe(true);
    rmSync(join(dir, 'sessions'), { recursive: true });
    await expect(takeSeat(store, sid)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.ping()).toBe(false);
    mkdirSync(join(dir, 'sessions'));
    await expect.poll(() => store.ping(), { timeout: 5_000 }).toBe(true);
    expect(sessionsIn(dir)).toEqual([`${sid}.session`]);
  });
});

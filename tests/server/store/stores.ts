/** Opens the store itself, without a server around it, on either engine; and moves a session through a round. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publish, type Release } from '#core/round.ts';
import type { SessionState } from '#core/session.ts';
import { loadContent, workshopFor } from '#server/content.ts';
import { connectRedis, type StoreClient } from '#server/store/client.ts';
import type { Disk } from '#server/store/disk.ts';
import { startEmbedded } from '#server/store/embedded.ts';
import { createStore } from '#server/store/redis.ts';
import { redisDisk } from '#server/store/redis-disk.ts';
import type { MadeSession, NewSession, Store } from '#server/store/store.ts';
import { POLICIES } from '#core/disclosure.ts';
import { ENGINES } from '../../setup/engines.ts';
import { startRedis, type TestRedis } from '../../setup/redis.ts';

export { ENGINES };

export interface OpenStore {
  store: Store;
  /** Past the store, to look at what it keeps. */
  client: StoreClient;
  disk: Disk;
  redis: TestRedis | null;
  dir: string;
  /** What the store told the log, as `event code`. */
  faults: string[];
  stop: () => Promise<void>;
}

export function quietLog(faults: string[]) {
  return {
    fault: (event: string, error: unknown) => {
      faults.push(`${event} ${String(error)}`);
    },
    event: (event: string, { code }: { code?: string } = {}) => {
      faults.push(code === undefined ? event : `${event} ${code}`);
    },
  };
}

/** @param dir of an embedded store that was open before */
export async function open(
  name: (typeof ENGINES)[number],
  dir = mkdtempSync(join(tmpdir(), 'crossroads-store-')),
): Promise<OpenStore> {
  const faults: string[] = [];
  const redis = name === 'real Redis' ? await startRedis({ appendonly: true }) : null;
  const { client, disk } = redis
    ? await onRedis(redis.url, faults)
    : await startEmbedded(dir, quietLog(faults));
  const store = createStore(client, disk);
  return {
    store,
    client,
    disk,
    redis,
    dir,
    faults,
    stop: async () => {
      await store.close();
      await redis?.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function onRedis(url: string, faults: string[] = []) {
  const told = (error: unknown) => faults.push(String(error));
  const client = await connectRedis({ url }, told);
  const waiting = await connectRedis({ url }, told);
  return { client, disk: redisDisk(client, waiting, told) };
}

const installed = await loadContent(fileURLToPath(new URL('../../../content', import.meta.url)));
export const WORKSHOP = workshopFor(installed, 'staff-or-em', 'en', 'full')!;

export function newSession(more: Partial<NewSession> = {}): NewSession {
  const fixed = {
    workshop: WORKSHOP,
    translations: [],
    policy: POLICIES.standard,
    operator: null,
    rehearsal: false,
    origin: null,
  };
  return { ...fixed, maxSessions: 500, ...more };
}

/** Hashes of the hosts' keys of the sessions that `create` made. */
const hosts = new Map<string, string>();

/** By which a change is asked for. */
export const hostOf = (sid: string): string => hosts.get(sid) ?? 'nobody';

export async function create(store: Store, now = Date.now()): Promise<MadeSession> {
  const made = await store.createSession(newSession(), now);
  if (!made) throw new Error('no session was made');
  hosts.set(made.sid, seatOf(made.hostToken));
  return made;
}

/** @returns the hash of the new seat */
export async function takeSeat(store: Store, sid: string, token = newSeatToken()): Promise<string> {
  const result = await store.join(sid, token, { maxSeats: 1000 }, Date.now());
  if (result !== 'joined' && result !== 'already') throw new Error(`no seat: ${result}`);
  return seatOf(token);
}

export const newSeatToken = (): string => randomBytes(32).toString('base64url');
export const seatOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

export async function stateOf(store: Store, sid: string): Promise<SessionState> {
  const loaded = await store.load(sid);
  if (!loaded) throw new Error('the session is gone');
  return loaded.state;
}

/** Opens or closes a round as the state machine would. */
export async function round(
  store: Store,
  sid: string,
  does: 'opens' | 'closes',
  question = 'one',
): Promise<void> {
  const state = await stateOf(store, sid);
  const status = does === 'opens' ? 'open' : 'closed';
  const rounds = { ...state.rounds, [question]: status } as const;
  const next = { ...state, revision: state.revision + 1, rounds };
  const done = await store.commit(sid, hostOf(sid), state.revision, next, {
    round: does,
    question,
  });
  if (typeof done === 'string') throw new Error(`not committed: ${done}`);
}

/** A ballot as it reaches the store; sealed with as many random bytes as seal.ts makes. */
export function ballot(version = 1, question = 'one') {
  const nonceHash = seatOf(randomBytes(16).toString('base64url'));
  return { question, version, nonceHash, sealed: randomBytes(76).toString('base64url') };
}

export function release(question = 'one', cells: number[] = []): Release {
  const asked = { question, form: 'single', cells: 5, bands: [[0, 1], [2], [3, 4]] } as const;
  return publish(
    asked,
    cells.map((cell) => ({ cell })),
    POLICIES.standard,
  );
}

export async function keys({ client }: Pick<OpenStore, 'client'>): Promise<string[]> {
  const reply = await client.command('KEYS', '*');
  return (Array.isArray(reply) ? reply : []).map(String).sort();
}

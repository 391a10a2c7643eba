/** The connection to Redis: never gives up, never lets a command hang. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import type { Log } from '../log.ts';
import { StoreError, StoreUnavailable } from './store.ts';

/** A command that has no answer by then is given up; it may still take effect (promises: within 2 s). */
const ANSWER_MS = 1_800;
/** How long the start waits for Redis. */
const FIRST_CONNECTION_MS = 5_000;

/** A reply of Redis: nested arrays of strings, numbers and nulls. */
export type Reply = string | number | null | Reply[];

export interface StoreClient {
  /** @throws StoreUnavailable when Redis does not answer, or cannot write */
  command: (...args: string[]) => Promise<Reply>;
  /** Runs a script of lua/ by its name. */
  script: (name: string, keys: string[], args: (string | number)[]) => Promise<Reply>;
  /** Random name of this run of the server: another one after a restart or a failover. */
  epoch: () => string;
  close: () => Promise<void>;
}

interface Script {
  text: string;
  sha: string;
}

/** @throws StoreError when Redis cannot be reached at the start */
export async function connectRedis(url: string, log: Log): Promise<StoreClient> {
  let started = false;
  let epoch = '';
  const client = createClient({
    url,
    // RESP 2: replies are arrays on every server, old or new.
    RESP: 2,
    pingInterval: 1_000,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      // A frozen server leaves the socket open: after three unanswered pings it is dropped and tried again.
      socketTimeout: 3_000,
      reconnectStrategy: (tries, cause) =>
        started || tries < 3 ? Math.min(1_000, 50 * 2 ** tries) + Math.random() * 100 : cause,
    },
  });
  client.on('error', (error: unknown) => {
    if (started) log.fault('store', error);
  });
  client.on('ready', () => {
    client
      .info('server')
      .then((info) => {
        epoch = /run_id:(\w+)/.exec(String(info))?.[1]?.slice(0, 16) ?? epoch;
      })
      .catch((error: unknown) => log.fault('store-epoch', error));
  });
  try {
    await within(client.connect(), FIRST_CONNECTION_MS);
    epoch =
      /run_id:(\w+)/.exec(String(await within(client.info('server'))))?.[1]?.slice(0, 16) ?? '';
  } catch (error) {
    client.destroy();
    throw new StoreError(unreachable(url, error));
  }
  started = true;

  const command = async (...args: string[]): Promise<Reply> => {
    try {
      return (await within(client.sendCommand(args))) as Reply;
    } catch (error) {
      throw unavailable(error) ? new StoreUnavailable('the store does not answer') : error;
    }
  };
  return {
    command,
    script: async (name, keys, args) => {
      const { text, sha } = loadScript(name);
      const rest = [String(keys.length), ...keys, ...args.map(String)];
      try {
        return await command('EVALSHA', sha, ...rest);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return command('EVAL', text, ...rest);
      }
    },
    epoch: () => epoch,
    close: async () => {
      started = false;
      if (client.isReady) await within(client.close()).catch(() => client.destroy());
      else client.destroy();
    },
  };
}

const scripts = new Map<string, Script>();

/** A script of lua/ by its name. */
export function loadScript(name: string): Script {
  const known = scripts.get(name);
  if (known) return known;
  const text = readFileSync(new URL(`lua/${name}.lua`, import.meta.url), 'utf8');
  const script = { text, sha: createHash('sha1').update(text).digest('hex') };
  scripts.set(name, script);
  return script;
}

class TookTooLong extends Error {}

/** Rejects when `answer` takes longer; the late answer is dropped. */
async function within<T>(answer: Promise<T>, ms: number = ANSWER_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong()), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Replies of a server that is there but cannot do it now. */
const CANNOT = /^(OOM|READONLY|MISCONF|LOADING|MASTERDOWN|NOREPLICAS|BUSY|CLUSTERDOWN|TRYAGAIN) /;

/** Everything but a server's reply to a wrong command: closed, refused, timed out, full, read-only. */
function unavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const replied = error.constructor.name === 'SimpleError' || /^[A-Z]+ /.test(error.message);
  return !replied || CANNOT.test(error.message);
}

function unreachable(url: string, error: unknown): string {
  const { hostname, port } = new URL(url);
  const why = error instanceof Error ? error.message || error.name : String(error);
  return (
    `Redis at ${hostname}:${port || '6379'} cannot be reached (${why}). ` +
    'Start it, or correct REDIS_URL; leave REDIS_URL empty to use the embedded store.'
  );
}

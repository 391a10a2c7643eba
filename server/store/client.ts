/** The connection to Redis: never gives up, never lets a command hang, never mixes two runs of a server. */
import { createHash } from 'node:crypto';
import { createClient, ErrorReply, RESP_TYPES } from 'redis';
import { describeFailure, requireServer } from './requirements.ts';
import { loadScript } from './scripts.ts';
import { StoreError, StoreUnavailable } from './store.ts';
import { within } from './within.ts';

/** A command that has no answer by then is given up; it may still take effect (promises: within 2 s). */
const ANSWER_MS = 1_700;
/** How long the start waits for Redis. */
const FIRST_CONNECTION_MS = 4_000;
/** Until a replica is asked anew whether it has become the master. */
const REPLICA_MS = 300;

class Replica extends Error {}

/** A reply of Redis: nested arrays of strings (bytes, if asked for), numbers and nulls. */
export type Reply<Text = string> = Text | number | null | Reply<Text>[];
export type Argument = string | Buffer;

/** A server's address, or the path of a socket on this machine. */
export type Target = { url: string } | { path: string };

export interface StoreClient {
  /** @throws StoreUnavailable when Redis does not answer, or cannot do it now; ErrorReply for a wrong command */
  command: (...args: Argument[]) => Promise<Reply>;
  /** Runs a script of lua/ by its name. */
  script: (name: string, keys: string[], args: (string | number)[]) => Promise<Reply>;
  /** The same, with texts as bytes: serialised values are no text. */
  scriptBytes: (name: string, keys: string[], args: string[]) => Promise<Reply<Buffer>>;
  /** Random name of this run of the server: another one after a restart, a failover or a promotion. */
  epoch: () => string;
  /** Leaves the present server for another one. */
  moveTo: (target: Target) => void;
  /** Leaves the present connection for a new one: the same address may lead to another server by now. */
  renew: () => void;
  close: () => Promise<void>;
}

type Connection = ReturnType<typeof connectionTo>;

/**
 * @param onFault told of every lost connection and failed attempt after the first success
 * @throws StoreError when no usable Redis answers in time
 */
export async function connectRedis(
  target: Target,
  onFault: (error: unknown) => void,
): Promise<StoreClient> {
  let started = false;
  let closed = false;
  let epoch = '';
  /** Usable only once its epoch is known: nothing of a new run is ever read under the old name. */
  let usable: Connection | null = null;
  let lastAnswer = 0;
  let failure: unknown = new Error('no answer');
  let whenUsable: () => void = () => undefined;

  let connection = open();

  const isUsable = () => usable !== null;

  function open(): Connection {
    const fresh = connectionTo(target);
    fresh.on('error', (error: unknown) => {
      if (usable === fresh) usable = null;
      failure = error;
      if (started && !closed) onFault(error);
      // A wrong password does not become right by waiting.
      if (!started && error instanceof ErrorReply && !CANNOT_NOW.test(error.message)) whenUsable();
    });
    fresh.on('ready', () => {
      identify(fresh).catch((error: unknown) => {
        failure = error;
        if (error instanceof StoreError) whenUsable();
        else if (error instanceof Replica) setTimeout(() => replace(fresh), REPLICA_MS).unref();
        else replace(fresh);
      });
    });
    // It only ends by destroy(): the strategy never gives up, and each failure was told above.
    fresh.connect().catch(() => undefined);
    return fresh;
  }

  async function identify(fresh: Connection): Promise<void> {
    const info = await within(fresh.sendCommand<string>(['INFO']), ANSWER_MS);
    if (!started) requireServer(info);
    // It would answer every question, out of data that may be a failover old.
    if (/^role:slave/m.test(info)) throw new Replica('it is a replica, which cannot be written');
    if (connection !== fresh) return;
    epoch = runOf(info);
    usable = fresh;
    lastAnswer = performance.now();
    whenUsable();
  }

  /** A server that went silent leaves its socket open: only a new connection finds out when it is back. */
  function replace(silent: Connection): void {
    if (connection !== silent || closed) return;
    usable = null;
    silent.destroy();
    connection = open();
  }

  async function send<Text = string>(args: Argument[], bytes = false): Promise<Reply<Text>> {
    const at = usable;
    if (!at) throw new StoreUnavailable('the store is away');
    try {
      const answer = at.sendCommand(args, bytes ? { typeMapping: BYTES } : {});
      const reply = (await within(answer, ANSWER_MS)) as Reply<Text>;
      lastAnswer = performance.now();
      return reply;
    } catch (error) {
      if (error instanceof ErrorReply) {
        lastAnswer = performance.now();
        // It was made a replica under us: a new connection finds the master, where a proxy or name leads to it.
        if (error.message.startsWith('READONLY')) replace(at);
        if (CANNOT_NOW.test(error.message)) throw new StoreUnavailable(error.message.split(' ')[0]);
        throw error;
      }
      if (performance.now() - lastAnswer >= ANSWER_MS) replace(at);
      throw new StoreUnavailable('the store does not answer');
    }
  }

  async function run<Text = string>(
    name: string,
    keys: string[],
    args: (string | number)[],
    bytes = false,
  ): Promise<Reply<Text>> {
    const { text, sha } = loadScript(name);
    const rest = [String(keys.length), ...keys, ...args.map(String)];
    try {
      return await send<Text>(['EVALSHA', sha, ...rest], bytes);
    } catch (error) {
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error;
      return send<Text>(['EVAL', text, ...rest], bytes);
    }
  }

  const first = new Promise<void>((resolve) => (whenUsable = resolve));
  await within(first, FIRST_CONNECTION_MS).catch(() => undefined);
  if (!isUsable()) {
    closed = true;
    connection.destroy();
    throw failure instanceof StoreError
      ? failure
      : new StoreError(describeFailure(target, failure));
  }
  started = true;

  return {
    command: (...args) => send(args),
    script: (name, keys, args) => run(name, keys, args),
    scriptBytes: (name, keys, args) => run<Buffer>(name, keys, args, true),
    epoch: () => epoch,
    moveTo: (next) => {
      target = next;
      replace(connection);
    },
    renew: () => replace(connection),
    close: async () => {
      closed = true;
      const last = usable;
      usable = null;
      if (last) await within(last.close(), ANSWER_MS).catch(() => undefined);
      connection.destroy();
    },
  };
}

const BYTES = { [RESP_TYPES.BLOB_STRING]: Buffer };

function connectionTo(target: Target) {
  const path = 'path' in target ? { path: target.path } : {};
  return createClient({
    ...('url' in target ? { url: target.url } : {}),
    // RESP 2: replies are arrays on every server, old or new.
    RESP: 2,
    // Meanwhile a command fails at once; queued ones would arrive long after anybody waits for them.
    disableOfflineQueue: true,
    disableClientInfo: true,
    // Its own limit is a timer and an error for every command, needed or not: a tenth of a step change.
    // Every answer is waited for in `send`, no longer than that.
    commandOptions: { timeout: 0 },
    pingInterval: 1_000,
    socket: {
      ...path,
      connectTimeout: 2_000,
      // Longer than the wait for a ping's answer: only a silent server lets it pass.
      socketTimeout: 3_000,
      reconnectStrategy: (tries) => Math.min(1_000, 25 * 2 ** tries) * (0.75 + Math.random() / 2),
    },
  });
}

/** Replies of a server that is there but cannot do it now, or not for us. */
const CANNOT_NOW =
  /^(OOM|READONLY|MISCONF|LOADING|MASTERDOWN|NOREPLICAS|BUSY|CLUSTERDOWN|TRYAGAIN|NOAUTH|NOPERM|EXECABORT)\b/;

/**
 * A server's run id is random and ends with its process; the name of its history changes when a replica
 * is promoted. Hashed, for it goes to every phone.
 */
function runOf(info: string): string {
  const [run, history] = [/run_id:(\w+)/, /master_replid:(\w+)/].map((id) => id.exec(info)?.[1]);
  return createHash('sha256').update(`${run} ${history}`).digest('base64url').slice(0, 12);
}

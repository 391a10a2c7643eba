/** A real Redis server for one test: its own port and folder, and gone with the test process. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { redisServer, required } from './programs.ts';

export interface RedisOptions {
  /** Keep an append-only file, flushed every second, as a real deployment does. Default: false. */
  appendonly?: boolean;
  /** More arguments for redis-server, such as ['--maxmemory', '2mb']. */
  args?: string[];
}

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Its working folder, with the append-only file if there is one; removed by stop(). */
  readonly dir: string;
  /** Of the process that runs now; another one after restart(). */
  readonly pid: number;
  /** Sends a signal. After one that ends the process, resolves when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** What a full disk is to a process, until it ends: no byte more fits into its append-only file. Linux. */
  fillDisk(): void;
  /** Ends it if it still runs, and starts it on the same port and folder. Resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it at once and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 10_000;

/** Starts a Redis server on 127.0.0.1 and resolves when it answers; throws with its output if not. */
export async function startRedis(options: RedisOptions = {}): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'crossroads-redis-'));
  let port = await freePort();
  let child: ChildProcess | undefined;
  const killNow = () => child?.kill('SIGKILL');
  process.on('exit', killNow);

  async function start(): Promise<void> {
    child = run(port, dir, options);
    await ready(child, port);
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT') await ended;
  }

  try {
    await start();
  } catch {
    // Most likely somebody took the port in the meantime.
    await kill('SIGKILL');
    port = await freePort();
    await start();
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    dir,
    get pid() {
      return child?.pid ?? -1;
    },
    kill,
    fillDisk: () => limit(child?.pid, appendOnlySize(dir)),
    async restart() {
      await kill('SIGKILL');
      await start();
    },
    async stop() {
      await kill('SIGKILL');
      process.off('exit', killNow);
      // A child of it may still be writing a file anew.
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function run(port: number, dir: string, { appendonly = false, args = [] }: RedisOptions) {
  const command = [
    ...deathSignal,
    // Past its limit a write fails, instead of ending the process.
    ...['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'],
    required(redisServer),
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''],
    ...['--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'everysec'],
    ...args,
  ];
  const [program = '', ...rest] = command;
  return spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

// On Linux the kernel ends the server with its parent, even if that one is killed without warning.
const deathSignal = ['/usr/bin/setpriv', '/bin/setpriv'].some((path) => existsSync(path))
  ? ['setpriv', '--pdeathsig', 'KILL', '--']
  : [];

function limit(pid: number | undefined, most: number): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${most}:`]);
  if (status !== 0) throw new Error(`prlimit: ${String(stderr)}`);
}

function appendOnlySize(dir: string): number {
  const folder = join(dir, 'appendonlydir');
  const file = readdirSync(folder).find((name) => name.endsWith('.incr.aof'));
  return statSync(join(folder, file ?? '')).size;
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  let output = '';
  child.stdout?.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  child.stderr?.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (failure) throw failure;
    if (hasEnded(child)) throw new Error(`redis-server ended at its start:\n${output}`);
    if ((await ping(port)) === '+PONG') return;
    await sleep(15);
  }
  throw new Error(`redis-server did not answer within ${READY_WITHIN_MS / 1000} s:\n${output}`);
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** The first line of the answer to PING; empty if nobody answers. "-LOADING …" while it reads its file. */
async function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (line: string) => {
      socket.destroy();
      resolve(line);
    };
    socket.setTimeout(500, () => done(''));
    socket.once('error', () => done(''));
    socket.once('data', (data) => done(data.toString().split('\r\n')[0] ?? ''));
  });
}

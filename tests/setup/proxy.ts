/** The reverse proxy of the deployment, with the deployment's own configuration, in front of app nodes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './ports.ts';
import { proxyServer, required } from './programs.ts';

export interface TestProxy {
  readonly url: string;
  readonly port: number;
  stop: () => Promise<void>;
}

const SERVER = new URL('../../server/', import.meta.url);
const READY_WITHIN_MS = 5_000;

/** @param nodes ports of two app nodes on 127.0.0.1, or of two Redis servers, and the file that is for them */
export async function startProxy(
  nodes: readonly [number, number],
  file: 'haproxy.cfg' | 'haproxy-redis.cfg' = 'haproxy.cfg',
): Promise<TestProxy> {
  const [one, two] = nodes.map((at) => `127.0.0.1:${at}`);
  const port = await freePort();
  const child = spawn(required(proxyServer), ['-db', '-f', fileURLToPath(new URL(file, SERVER))], {
    env: {
      LISTEN: `127.0.0.1:${port}`,
      ...(file === 'haproxy.cfg' ? { NODE_1: one, NODE_2: two } : { REDIS_1: one, REDIS_2: two }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);
  await listening(child, port, printed);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      process.off('exit', killNow);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function listening(child: ChildProcess, port: number, printed: string[]): Promise<void> {
  const latest = performance.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > latest)
      throw new Error(`HAProxy is not ready:\n${printed.join('')}`);
    await sleep(20);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

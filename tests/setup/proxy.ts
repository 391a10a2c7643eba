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
  stop: () => Promise<void>;
}

const CONFIGURATION = fileURLToPath(new URL('../../server/haproxy.cfg', import.meta.url));
const READY_WITHIN_MS = 5_000;

/** @param nodes ports of the two app nodes on 127.0.0.1 */
export async function startProxy(nodes: readonly [number, number]): Promise<TestProxy> {
  const port = await freePort();
  const child = spawn(required(proxyServer), ['-db', '-f', CONFIGURATION], {
    env: {
      LISTEN: `127.0.0.1:${port}`,
      NODE_1: `127.0.0.1:${nodes[0]}`,
      NODE_2: `127.0.0.1:${nodes[1]}`,
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

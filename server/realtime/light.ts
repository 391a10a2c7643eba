/**
 * What Engine.IO and Socket.IO make anew for every connection, made once or not at all: ids that ask the
 * system for randomness twelve bytes at a time, an address parsed though a whole room has the same, a
 * description of the handshake that nobody reads. A phone that joins costs an eighth less
 * (`npm run bench -- joins`). light.test.ts fails when their insides are no longer so.
 */
import { randomFillSync } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Socket } from 'socket.io';

const ID_BYTES = 15;
const pool = Buffer.alloc(ID_BYTES * 256);
let at = pool.length;

/** As random and as long as theirs: 120 bits in base64url. */
function randomId(): string {
  if (at === pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += ID_BYTES;
  return pool.toString('base64url', at - ID_BYTES, at);
}

/** More than there are places to send a socket to, in either kind of wire. */
const MOST_ADDRESSES = 10_000;
const LONGEST_ADDRESS = 100;

type Asked = IncomingMessage & { _query?: Readonly<Record<string, string>> };

/** Once for all servers of this process. */
const require = createRequire(import.meta.url);
for (const name of ['engine.io', 'socket.io'] as const) idsOf(name).generateId = randomId;
Object.assign(Socket.prototype, { buildHandshake: (auth: object) => ({ auth }) });

function idsOf(name: 'engine.io' | 'socket.io'): { generateId: () => string } {
  const entry = require.resolve(name, {
    paths: [dirname(require.resolve('socket.io/package.json'))],
  });
  const { base64id } = require(join(dirname(entry), 'contrib/base64id.js')) as {
    base64id: { generateId: () => string };
  };
  return base64id;
}

/** To be called when Socket.IO listens already. */
export function lighten(http: HttpServer): void {
  const known = new Map<string, Readonly<Record<string, string>>>();
  http.prependListener('upgrade', (request: Asked) => {
    const address = request.url ?? '';
    // Of a connection that began with polling it is its own; others are none of ours.
    if (address.length > LONGEST_ADDRESS || address.includes('sid=')) return;
    if (!address.startsWith('/socket.io/')) return;
    let query = known.get(address);
    if (!query) {
      const { searchParams } = new URL(address, 'http://localhost');
      query = Object.freeze(Object.fromEntries(searchParams));
      if (known.size >= MOST_ADDRESSES) known.clear();
      known.set(address, query);
    }
    request._query = query;
  });
}

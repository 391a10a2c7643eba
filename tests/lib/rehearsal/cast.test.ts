/** Simulated people enter nothing but a rehearsal, and the server says what is one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Cast } from '../../../src/lib/rehearsal/index.ts';
import { newPlan } from '../../../src/lib/rehearsal/plan.ts';

const realFetch = globalThis.fetch;
let server: Server | undefined;
let asked: string[] = [];

/** A server that answers everything with `reply`; the page's relative addresses lead to it. */
async function answering(reply: object): Promise<void> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(JSON.stringify(reply));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  globalThis.fetch = (path, init) =>
    realFetch(new URL(path as string, `http://127.0.0.1:${port}`), init);
}

afterEach(() => {
  globalThis.fetch = realFetch;
  server?.closeAllConnections();
  server?.close();
});

test.each([
  ['a real session', { ok: true, code: 'K7M2QX', rehearsal: false }],
  ['a server that knows of no rehearsals', { ok: true, code: 'K7M2QX' }],
  ['a room that is gone', { ok: false, reason: 'unknown-room' }],
])('%s: nobody joins', async (_, reply) => {
  await answering(reply);
  expect(await Cast.enter('K7M2QX', newPlan('seed'), null, () => null)).toBeNull();
  await new Promise((done) => setTimeout(done, 900));
  expect(asked).toEqual(['GET /api/rooms/K7M2QX?language=en']);
});

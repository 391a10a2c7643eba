import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createSession, firstLanguage, loadOffer } from '../../../src/lib/host/offer.ts';

const request = {
  workshop: 'staff-or-em',
  language: 'en',
  plan: 'full',
  policy: 'standard',
  rehearsal: false,
} as const;
const realFetch = globalThis.fetch;
let server: Server | undefined;

/** A server that answers everything with `body`; the page's relative addresses lead to it. */
async function answering(status: number, body: string): Promise<void> {
  server = createServer((_, response) => response.writeHead(status).end(body));
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

describe('starting a session', () => {
  test('a started session brings its three keys', async () => {
    const keys = { code: 'K7M2QX', host: 'h', screen: 's' };
    await answering(201, JSON.stringify(keys));
    expect(await createSession(request)).toEqual({ ok: true, ...keys });
  });

  test('a refusal keeps its reason', async () => {
    await answering(403, JSON.stringify({ ok: false, reason: 'passphrase' }));
    expect(await createSession(request)).toEqual({ ok: false, reason: 'passphrase' });
  });

  test.each([
    [502, '<h1>Bad gateway</h1>'],
    [200, '{}'],
    [400, '{"ok":false,"reason":"no such reason"}'],
  ])('an answer nobody can use (%d %s) is “try again”', async (status, body) => {
    await answering(status, body);
    expect(await createSession(request)).toEqual({ ok: false, reason: 'try-again' });
  });

  test('a server that is away is “try again”, and offers nothing', async () => {
    await answering(200, '{}');
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
    expect(await createSession(request)).toEqual({ ok: false, reason: 'try-again' });
    expect(await loadOffer()).toBeNull();
  });
});

describe('the language offered first', () => {
  test.each([
    [['de-AT', 'en'], ['en', 'de'], 'de'],
    [['fr', 'en-GB'], ['de', 'en'], 'en'],
    [['pt-BR'], ['pt', 'pt-BR'], 'pt-BR'],
    [['fr'], ['en', 'de'], 'en'],
    [['fr'], [], ''],
  ])('%j of %j is %j', (wanted, available, first) => {
    expect(firstLanguage(wanted, available)).toBe(first);
  });
});

/** Promises to whoever runs a server that strangers can reach. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL } from '#protocol/wire.ts';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import { startRedis } from '../setup/redis.ts';
import {
  command,
  connectHost,
  connectScreen,
  connectSeat,
  createSession,
  goTo,
  joinSeat,
  newNonce,
  vote,
} from '../setup/room.ts';
import { askSeat } from '../setup/key.ts';
import { openRoom } from '../setup/session.ts';

const METRICS_TOKEN = 'a token for Prometheus alone';
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: 'debug', TRUST_PROXY: '1', METRICS_TOKEN } });
});
afterAll(() => app.stop());

const engineIo = (url: string) => `${url}/socket.io/?EIO=4&transport=polling`;

/** Opens a polling connection that is never polled again, as a face of this role. */
async function deafSocket(url: string, role: string, credential: string) {
  const opened = await (await fetch(engineIo(url))).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const say = async (body: string) =>
    (await fetch(`${engineIo(url)}&sid=${sid}`, { method: 'POST', body })).status;
  expect(await say(`40${JSON.stringify({ protocol: PROTOCOL, role, credential })}`)).toBe(200);
  return { say };
}

describe('S5 a handshake from another site', () => {
  test.each(['https://evil.example', 'http://127.0.0.1.evil.example', 'null'])(
    'from %s is refused, on either transport',
    async (origin) => {
      expect((await fetch(engineIo(app.url), { headers: { origin } })).status).toBe(403);
      expect(await upgrade(app.port, origin)).toContain(' 400 ');
    },
  );

  test('from its own pages, or from no browser, is taken', async () => {
    expect((await fetch(engineIo(app.url), { headers: { origin: app.url } })).status).toBe(200);
    expect((await fetch(engineIo(app.url))).status).toBe(200);
    expect(await upgrade(app.port, app.url)).toContain(' 101 ');
  });

  /** The first line of the answer to a WebSocket handshake. */
  async function upgrade(port: number, origin: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n' +
        `Host: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString().split('\r\n')[0] ?? '';
  }
});

describe('S9 headers', () => {
  test.each(['/', '/privacy', '/api/workshops', '/healthz', '/join/nowhere/at/all'])(
    'of %s keep it out of frames and its type unguessed, and send no referrer',
    async (path) => {
      const { headers } = await fetch(app.url + path);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('a page carries one policy: own scripts alone, nothing inline, never framed', async () => {
    const response = await fetch(`${app.url}/`);
    // In the header: browsers do not take the last one from a page.
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/script-src 'self'/);
    expect(policy).toMatch(/object-src 'none'/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
  });
});

test('S8 what people type, hold and ask for never reaches the log', async () => {
  const session = await openRoom(app.url, 2);
  const [phone] = session.phones;
  const { seat } = await joinSeat(app.url, session.code);
  const canary = 'CANARY7';
  const headers = {
    'user-agent': canary,
    'x-forwarded-for': '203.0.113.77',
    cookie: `a=${canary}`,
    referer: `http://${canary}.example`,
  };
  for (const path of [
    `/join/${session.code}/${canary}`,
    `/api/rooms/${canary}`,
    `/api/${canary}?code=${session.code}`,
    `/${canary}?${canary}=1`,
    `/%${canary}`,
    `/host/${canary}/x`,
  ])
    await fetch(app.url + path, { headers }).then((response) => response.text());
  await askSeat(app.url, { room: canary, nonce: canary }, headers);
  await askSeat(app.url, { room: canary, nonce: newNonce() }, headers);
  await goTo(session.host, 'myth', 'open');
  const nonce = newNonce();
  await phone!.until((view) => view.round?.status === 'open');
  await vote(phone!, { cell: 1 }, { nonce });
  await expect(connectSeat(app.url, `${canary}.${canary}`)).rejects.toThrow();
  await session.host.socket.timeout(5000).emitWithAck('end', { code: session.code });
  session.close();
  // What a process prints reaches us a moment later.
  await expect.poll(() => app.output(), { timeout: 5000 }).toContain('session-ended');
  const printed = app.output();
  const [sid = '?', token = '?'] = seat.split('.');
  for (const secret of [canary, '203.0.113.77', session.code, sid, token, nonce])
    expect(printed).not.toContain(secret);
});

test('DISC-6 T3 no figure in /metrics moves with an answer, but once in 5 s', async () => {
  const read = async () =>
    (
      await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    ).text();
  const session = await openRoom(app.url, 2);
  await goTo(session.host, 'myth', 'open');
  for (const phone of session.phones) await phone.until(({ round }) => round?.status === 'open');
  const before = await read();
  expect(before).toMatch(/^crossroads_process_cpu_seconds_total [\d.]+$/m);
  for (const phone of session.phones) await vote(phone, { cell: 1 });
  expect(await read()).toBe(before);
  session.close();
});

describe('S7 R7 one client that breaks the rules', () => {
  test('a flood is slowed down, then cut off; the room goes on', async () => {
    const session = await openRoom(app.url, 2);
    const [rude, kind] = session.phones;
    await goTo(session.host, 'myth', 'open');
    await kind!.until((view) => view.round?.status === 'open');
    const heard: string[] = [];
    let gone = false;
    rude!.socket.on('disconnect', () => (gone = true));
    // Fewer bytes than a WebSocket may say: it is their number that is too high.
    for (let sent = 0; sent < 400 && !gone; sent += 1)
      rude!.socket.emit('sync', (reply) => heard.push(reply.ok ? 'ok' : reply.reason));
    await expect.poll(() => gone).toBe(true);
    expect(heard).toContain('slow-down');
    expect(heard.length).toBeLessThan(300);
    expect(await vote(kind!, { cell: 1 })).toEqual({ ok: true, version: 1 });
    session.close();
  });

  test('a client that never reads is cut off; the others hear every change', async () => {
    const session = await openRoom(app.url, 1);
    const { seat } = await joinSeat(app.url, session.code);
    const deaf = await deafSocket(app.url, 'participant', seat);
    expect(await deaf.say('3')).toBe(200);
    for (let press = 0; press < 280; press += 1)
      await command(session.host, { do: 'lock', locked: press % 2 === 0 });
    // Gone from the server, although it answers every ping.
    await expect.poll(() => deaf.say('3')).toBe(400);
    const { revision } = session.host.view();
    await session.phones[0]!.until((view) => view.revision === revision);
    session.close();
    // Each press is flushed to the disk, which may be a slow one.
  }, 60_000);

  test('of one seat the newest eight sockets stay', async () => {
    const session = await openRoom(app.url, 0);
    const { seat } = await joinSeat(app.url, session.code);
    const tabs = [await connectSeat(app.url, seat)];
    tabs[0]!.socket.io.reconnection(false);
    while (tabs.length < 9) tabs.push(await connectSeat(app.url, seat));
    await expect.poll(() => tabs[0]!.socket.connected).toBe(false);
    expect(tabs.slice(1).every(({ socket }) => socket.connected)).toBe(true);
    tabs.forEach((tab) => tab.close());
    session.close();
  });
});

test('R5 SIGTERM waits for no client: not for a silent connection, nor for one that never reads', async () => {
  const stopped = await startApp();
  const silent = connect(stopped.port, '127.0.0.1');
  silent.on('error', () => undefined);
  await once(silent, 'connect');
  const made = await createSession(stopped.url);
  const host = await connectHost(stopped.url, made.host);
  await deafSocket(stopped.url, 'screen', made.screen);
  const asked = performance.now();
  await stopped.kill('SIGTERM');
  expect(performance.now() - asked).toBeLessThan(5_000);
  host.close();
  silent.destroy();
  await stopped.stop();
});

test('S7 a connection to Redis that dies with a request under way ends no node', async () => {
  const redis = await startRedis({ appendonly: true });
  const node = await startApp({ env: { REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET } });
  const made = await createSession(node.url);
  const host = await connectHost(node.url, made.host);
  // Its room is forgotten with its last socket: the node unsubscribes, and hears no answer.
  const screen = await connectScreen(node.url, made.screen);
  await redis.kill('SIGSTOP');
  screen.close();
  await sleep(300);
  await redis.kill('SIGKILL');
  await sleep(300);
  expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
  await redis.restart();
  await expect
    .poll(async () => (await fetch(`${node.url}/readyz`)).status, { timeout: 8_000 })
    .toBe(200);
  expect(await command(host, { do: 'lock', locked: true })).toMatchObject({ ok: true });
  await host.until((view) => view.locked);
  expect(node.output()).not.toMatch(/^\s+at /m);
  host.close();
  await node.stop();
  await redis.stop();
});

/** A seat is given over the socket that then shows the room: as a phone's page takes it, whatever the network does. */
import { afterEach, beforeAll, afterAll, expect, test, vi } from 'vitest';
import { Line } from '$lib/live/line.ts';
import { PROTOCOL } from '#protocol/wire.ts';
import type { Ack } from '#protocol/messages.ts';
import { LiveSession } from '../faults/runes.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { askSeat, newNonce } from '../setup/key.ts';
import { command, connectHost, createSession, post } from '../setup/room.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('location', { origin: app.url });
});
afterAll(() => app.stop());

const RealSocket = globalThis.WebSocket;
const lines: { close: () => void }[] = [];
afterEach(() => {
  globalThis.WebSocket = RealSocket;
  lines.splice(0).forEach((line) => line.close());
});

/** The network of this test: a packet that it does not `let` through takes the line with it. */
function network(letIn: (packet: string) => boolean, letOut: (packet: string) => void) {
  globalThis.WebSocket = class extends RealSocket {
    override set onmessage(heard: (event: MessageEvent) => void) {
      super.onmessage = (event: MessageEvent) => {
        if (letIn(String(event.data))) heard(event);
        else this.close();
      };
    }
    override send(packet: string): void {
      letOut(packet);
      super.send(packet);
    }
  };
}

async function join(room: string, nonce = newNonce()) {
  const reply = await LiveSession.join({ room, nonce }, 'aa');
  if (reply.ok) lines.push(reply.live);
  return reply;
}

const refused = (reason: string) => ({ ok: false, reason });
const soon = { timeout: 12_000 };

test('R2 a welcome that is lost: the line asks again by itself and is given the same seat; later it shows its key', async () => {
  const made = await createSession(app.url);
  const host = await connectHost(app.url, made.host);
  lines.push(host);
  let lost = '';
  const asked: string[] = [];
  network(
    (packet) => {
      if (lost || !packet.startsWith('42["welcome"')) return true;
      lost = packet;
      return false;
    },
    (packet) => void (packet.startsWith('40') && asked.push(packet)),
  );
  const nonce = newNonce();
  const reply = await join(made.code, nonce);
  if (!reply.ok) throw new Error(reply.reason);
  expect(lost).toContain(reply.seat);
  expect(asked.map((packet) => packet.includes(nonce))).toEqual([true, true]);
  expect(reply.live.view?.counts).toMatchObject({ present: 1, seats: 1 });
  await command(host, { do: 'lock', locked: true });
  await vi.waitFor(() => expect(reply.live.view?.locked).toBe(true), soon);
  window.dispatchEvent(new Event('offline'));
  await vi.waitFor(() => expect(asked).toHaveLength(3), soon);
  await vi.waitFor(() => expect(reply.live.status).toBe('live'), soon);
  expect(asked[2]).toContain(`"credential":"${reply.seat}"`);
  expect(asked[2]).not.toContain(nonce);
});

test('a network that lets no WebSocket through: the third attempt polls, and is given a seat', async () => {
  const { code } = await createSession(app.url);
  globalThis.WebSocket = class extends RealSocket {
    constructor() {
      super('ws://127.0.0.1:9');
    }
  };
  const reply = await join(code);
  expect(reply).toMatchObject({ ok: true, code });
  expect(reply.ok && reply.live.status).toBe('live');
});

test('refusals come by their reasons, and no line stays', async () => {
  const made = await createSession(app.url);
  const host = await connectHost(app.url, made.host);
  lines.push(host);
  expect(await join('222222')).toEqual(refused('unknown-room'));
  expect(await join('')).toEqual(refused('malformed'));
  await command(host, { do: 'lock', locked: true });
  let opened = 0;
  network(
    () => true,
    (packet) => void (packet.startsWith('40') && opened++),
  );
  expect(await join(made.code)).toEqual(refused('locked'));
  expect(opened).toBe(1);
});

test('R4 nobody answers: told after three attempts, and none follows', async () => {
  let attempts = 0;
  globalThis.WebSocket = class extends RealSocket {
    constructor(address: string | URL) {
      super(address);
      attempts++;
    }
  };
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:9' });
  try {
    expect(await join('222222')).toEqual(refused('try-again'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // The third was a request.
    expect(attempts).toBe(2);
  } finally {
    vi.stubGlobal('location', { origin: app.url });
  }
});

test('R5 an older page, by either way of joining, is told to reload', async () => {
  const { code } = await createSession(app.url);
  const asked = { room: code, nonce: newNonce() };
  const reply: Ack = (await post(`${app.url}/api/join`, asked)).reply;
  expect(reply).toEqual(refused('old-client'));
  const older = { protocol: PROTOCOL - 1, role: 'participant', join: asked };
  const told = await new Promise((resolve) => {
    const listener = { down: () => undefined, refused: resolve, event: () => undefined };
    const line = new Line(app.url, { place: 'aa' }, older, listener);
    lines.push(line);
    void line.open();
  });
  expect(told).toBe('old-client');
});

test('S7 a handshake that says too much, or wishes for another role, opens nothing', async () => {
  const { code } = await createSession(app.url);
  const room = code;
  for (const wish of [
    null,
    [],
    7,
    { room },
    { room, nonce: 'short' },
    { room: 7, nonce: newNonce() },
  ])
    expect(await askSeat(app.url, wish)).toEqual(refused('malformed'));
  const more = { room, nonce: newNonce(), name: 'Ann' };
  expect(await askSeat(app.url, more)).toEqual(refused('malformed'));
});

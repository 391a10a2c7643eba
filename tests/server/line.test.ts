/** The phone's own line against the real server: what the stock client would do, in a sixth of its weight. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Line } from '$lib/live/line.ts';
import { PROTOCOL } from '#protocol/wire.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { createSession, joinSeat } from '../setup/room.ts';

let app: TestApp;
let seat: string;
beforeAll(async () => {
  app = await startApp();
  seat = (await joinSeat(app.url, (await createSession(app.url)).code)).seat;
});
afterAll(() => app.stop());

const lines: Line[] = [];
afterEach(() => lines.splice(0).forEach((line) => line.close()));

function openLine(base: string, credential: string) {
  const heard = { events: [] as string[], downs: 0, refusals: [] as unknown[] };
  const line = new Line(
    base,
    { place: seat.slice(0, 2) },
    { protocol: PROTOCOL, role: 'participant', credential },
    {
      down: () => heard.downs++,
      refused: (reason) => heard.refusals.push(reason),
      event: (name) => heard.events.push(name),
    },
  );
  lines.push(line);
  void line.open();
  return { line, heard };
}

const soon = { timeout: 12_000 };

test('events come in, questions are answered, each its own', async () => {
  const { line, heard } = openLine(app.url, seat);
  await vi.waitFor(() => expect(heard.events).toContain('welcome'), soon);
  const [synced, refused] = await Promise.all([line.ask('sync'), line.ask('ballot', {})]);
  expect(synced).toMatchObject({ ok: true, view: { audience: 'participant' } });
  expect(refused).toEqual({ ok: false, reason: 'malformed' });
  expect(heard.downs).toBe(0);
});

test('a refusal comes with its reason, and no attempt follows', async () => {
  const { line, heard } = openLine(app.url, `${seat.slice(0, -3)}xyz`);
  await vi.waitFor(() => expect(heard.refusals).toEqual(['not-allowed']), soon);
  expect(line.connected).toBe(false);
  await expect(line.ask('sync')).rejects.toThrow('down');
});

test('R3 a killed server: the question under way fails at once, and the line comes back by itself', async () => {
  const { line, heard } = openLine(app.url, seat);
  await vi.waitFor(() => expect(line.connected).toBe(true), soon);
  await app.kill('SIGSTOP');
  const question = expect(line.ask('sync')).rejects.toThrow('down');
  await app.kill('SIGKILL');
  await question;
  await app.restart();
  await vi.waitFor(
    () => expect(heard.events.filter((name) => name === 'welcome')).toHaveLength(2),
    soon,
  );
});

test('a proxy that lets no WebSocket through is passed by polling', async () => {
  const proxy = await withoutUpgrades(app.port);
  const { port } = proxy.address() as AddressInfo;
  const { line, heard } = openLine(`http://127.0.0.1:${port}`, seat);
  await vi.waitFor(() => expect(heard.events).toContain('welcome'), soon);
  expect(await line.ask('sync')).toMatchObject({ ok: true });
  line.close();
  proxy.closeAllConnections();
  proxy.close();
});

/** Passes plain requests on and hangs up on everything else. */
async function withoutUpgrades(to: number): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: to, method, path: url, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  proxy.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

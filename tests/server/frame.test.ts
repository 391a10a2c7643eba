/** Frames written past Socket.IO: fails when its insides, Engine.IO's or those of `ws` are no longer as frame.ts takes them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventText, frameOf, sendFrame } from '#server/realtime/frame.ts';
import { boundBacklog } from '#server/realtime/backlog.ts';
import { createDelivery } from '#server/realtime/delivery.ts';
import { createLanes } from '#server/realtime/lanes.ts';
import type { LiveServer, LiveSocket } from '#server/realtime/server.ts';
import { openWire } from '../bench/wire.ts';

let io: LiveServer;
let port: number;
const clients: Socket[] = [];
beforeAll(async () => {
  const http = createServer();
  io = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  port = (http.address() as AddressInfo).port;
});
afterAll(async () => {
  clients.forEach((client) => client.close());
  await io.close();
});

const nextSocket = () =>
  new Promise<LiveSocket>((resolve) => io.once('connection', (socket) => resolve(socket)));

async function client(transport: 'websocket' | 'polling') {
  const came = nextSocket();
  const socket = connect(`http://127.0.0.1:${port}`, {
    transports: [transport],
    forceNew: true,
    // One that comes back would be taken for the next test's.
    reconnection: false,
  });
  clients.push(socket);
  const heard: unknown[] = [];
  socket.onAny((event: string, payload: unknown) => heard.push([event, payload]));
  const server = await came;
  await expect.poll(() => socket.connected).toBe(true);
  return { socket, heard, server };
}

const frame = (payload: unknown) => frameOf(eventText('view', payload));

test.each([
  ['short', 20],
  ['of a view', 4_000],
  ['long', 100_000],
])(
  'a %s frame goes the short way to a WebSocket that reads, whole and in order',
  async (_, length) => {
    const { heard, server } = await client('websocket');
    const text = 'ü'.repeat(length);
    expect(sendFrame(server.conn, frame({ text, nth: 1 }))).toBe(true);
    server.emit('ended', { endedAt: '', seats: 2 });
    // Socket.IO still waits for its own packet: the long way, behind it.
    expect(sendFrame(server.conn, frame({ text, nth: 3 }))).toBe(false);
    await expect.poll(() => heard.length).toBe(3);
    expect(sendFrame(server.conn, frame({ text, nth: 4 }))).toBe(true);
    await expect.poll(() => heard.length).toBe(4);
    const [one, two, three, four] = heard;
    expect([one, three, four]).toEqual([1, 3, 4].map((nth) => ['view', { text, nth }]));
    expect(two).toEqual(['ended', { endedAt: '', seats: 2 }]);
  },
);

test('a polling client gets it the long way', async () => {
  const { heard, server } = await client('polling');
  expect(sendFrame(server.conn, frame({ nth: 1 }))).toBe(false);
  await expect.poll(() => heard).toEqual([['view', { nth: 1 }]]);
});

test('nothing is written to a connection that is closing', async () => {
  const { heard, server, socket } = await client('websocket');
  server.conn.close();
  expect(sendFrame(server.conn, frame({ nth: 1 }))).toBe(false);
  await expect.poll(() => socket.connected).toBe(false);
  expect(heard).toEqual([]);
});

test('R7 a client that does not read is held a frame or two for, then cut off', async () => {
  const came = nextSocket();
  // Its end of the line is left unread from here on.
  const wire = await openWire(port, '/socket.io/?EIO=4&transport=websocket', () => undefined);
  wire.send('40');
  const server = await came;
  boundBacklog(server);
  wire.pause();
  const payload = { text: 'x'.repeat(64 * 1024) };
  const net = (server.conn as unknown as { transport: { socket: { _socket: WritableSize } } })
    .transport.socket._socket;
  let most = 0;
  for (let sent = 0; sent < 2_000 && server.connected; sent += 1) {
    sendFrame(server.conn, frame(payload));
    most = Math.max(most, net.writableLength);
    if (sent % 50 === 0) await sleep(1);
  }
  expect(server.connected).toBe(false);
  expect(most).toBeLessThan(3 * 65 * 1024);
  wire.close();
});
interface WritableSize {
  writableLength: number;
}

test('a broadcast is encoded once, and goes the short way to everyone in its room', async () => {
  const insiders = [await client('websocket'), await client('websocket')];
  const outsider = await client('websocket');
  for (const { server } of insiders) await server.join('s/participant');
  const delivery = createDelivery(io);
  let encoded = 0;
  const view = { toJSON: () => ({ nth: (encoded += 1) }) };
  delivery.here(['s/participant', eventText('view', view)]);
  for (const { heard } of insiders) await expect.poll(() => heard).toEqual([['view', { nth: 1 }]]);
  await sleep(20);
  expect(outsider.heard).toEqual([]);
  expect(encoded).toBe(1);
});

test('the list of a room follows who comes and goes, and a frame has its turn behind what was sent before', async () => {
  const [a, b, c] = [
    await client('websocket'),
    await client('websocket'),
    await client('websocket'),
  ];
  const toRoom = createLanes(io);
  for (const { server } of [a, b]) await server.join('l/participant');
  let longWay = 0;
  b.server.conn.on('packetCreate', ({ data }: { data?: string }) => (longWay += data ? 1 : 0));
  toRoom('l/participant', frame({ nth: 1 }));
  for (const seats of [2, 3]) a.server.emit('ended', { endedAt: '', seats });
  toRoom('l/participant', frame({ nth: 4 }));
  await b.server.leave('l/participant');
  await c.server.join('l/participant');
  toRoom('l/participant', frame({ nth: 5 }));
  await expect.poll(() => a.heard.length).toBe(5);
  const order = a.heard.map((one) => (one as [string, { nth?: number; seats?: number }])[1]);
  expect(order.map(({ nth, seats }) => nth ?? seats)).toEqual([1, 2, 3, 4, 5]);
  await expect.poll(() => c.heard).toEqual([['view', { nth: 5 }]]);
  expect(b.heard).toEqual([1, 4].map((nth) => ['view', { nth }]));
  expect(longWay).toBe(0);
  c.server.conn.close();
  toRoom('l/participant', frame({ nth: 6 }));
  await expect.poll(() => a.heard.length).toBe(6);
  await expect.poll(() => c.socket.connected).toBe(false);
  expect(c.heard).toHaveLength(1);
});

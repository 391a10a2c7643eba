/** What is spared of each connection: fails when Engine.IO or Socket.IO are no longer as light.ts takes them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { lighten } from '#server/realtime/light.ts';

test('ids come from the pool, an address is parsed once, and a handshake holds its auth alone', async () => {
  const http = createServer();
  const io = new Server(http);
  lighten(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => io.close());
  const { port } = http.address() as AddressInfo;
  const parsed = vi.spyOn(globalThis, 'URL');
  const came: { id: string; engineId: string; handshake: object }[] = [];
  io.on('connection', ({ id, conn, handshake }) => {
    came.push({ id, engineId: (conn as unknown as { id: string }).id, handshake });
  });
  const clients: Socket[] = [];
  onTestFinished(() => clients.forEach((client) => client.close()));
  for (const transport of ['websocket', 'websocket', 'polling'] as const) {
    const options = { transports: [transport], forceNew: true, auth: { who: transport } };
    clients.push(connect(`http://127.0.0.1:${port}`, options));
    await expect.poll(() => came.length).toBe(clients.length);
  }
  const ids = came.flatMap(({ id, engineId }) => [id, engineId]);
  expect(new Set(ids).size).toBe(6);
  for (const id of ids) expect(id).toMatch(/^[\w-]{20}$/);
  expect(came.map(({ handshake }) => handshake)).toEqual([
    { auth: { who: 'websocket' } },
    { auth: { who: 'websocket' } },
    { auth: { who: 'polling' } },
  ]);
  const addresses = parsed.mock.calls.map(([address]) => String(address));
  expect(addresses.filter((address) => address.includes('transport=websocket'))).toHaveLength(1);
});

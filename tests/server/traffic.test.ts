/** What bounds a connection below all that understands it, on real sockets and without waiting for a real flood. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { boundTraffic } from '#server/realtime/traffic.ts';

/** A server that says `answer` at once, and a client that was upgraded and reads nothing. */
async function upgraded(answer: Buffer) {
  const http = createServer();
  const floods: string[] = [];
  const stop = boundTraffic(http, ({ url }) => floods.push(url ?? ''));
  http.on('upgrade', (_request, socket: Socket) => {
    socket.on('error', () => undefined).resume();
    socket.write(answer);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const client = connect((http.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined).pause();
  client.write('GET /it HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(http, 'upgrade');
  onTestFinished(() => {
    stop();
    client.destroy();
    http.close();
  });
  return { client, floods };
}

test('S7 R7 who says more than 32 KB in a quarter of a second is ended, and named', async () => {
  const { client, floods } = await upgraded(Buffer.alloc(0));
  client.resume().write(Buffer.alloc(16_000));
  await sleep(400);
  expect(floods).toEqual([]);
  client.write(Buffer.alloc(40_000));
  await once(client, 'close');
  expect(floods).toEqual(['/it']);
});

test('S7 R7 for whom megabytes wait unread is ended, however little it says', async () => {
  const held = await upgraded(Buffer.alloc(1_000_000));
  const { client, floods } = await upgraded(Buffer.alloc(32_000_000));
  await expect.poll(() => floods).toEqual(['/it']);
  expect(held.floods).toEqual([]);
  // It finds out as soon as it reads.
  client.resume();
  await once(client, 'close');
});

/** The line between nodes, while Redis comes and goes. */
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { PROTOCOL } from '#protocol/wire.ts';
import { createLog } from '#server/log.ts';
import { createFanout } from '#server/realtime/adapter.ts';
import { createDelivery } from '#server/realtime/delivery.ts';
import { eventText } from '#server/realtime/frame.ts';
import type { LiveServer } from '#server/realtime/server.ts';
import { createSubscriptions } from '#server/realtime/subscriptions.ts';
import { StoreError } from '#server/store/store.ts';
import { startRedis } from '../setup/redis.ts';

const log = createLog('fatal');

test('a Redis that takes the call and says nothing ends the start with a sentence', async () => {
  const calls = new Set<Socket>();
  const silent = createServer((socket) => calls.add(socket.resume().on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const failure: unknown = await createFanout(
    `redis://:topsecret@127.0.0.1:${port}`,
    log,
    300,
  ).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreError);
  expect(String(failure)).toContain(`127.0.0.1:${port}`);
  expect(String(failure)).not.toContain('topsecret');
  await expect.poll(() => [...calls].every((call) => call.destroyed)).toBe(true);
  silent.close();
});

test('S7 a room asked for while Redis died is heard, one left is not, once it is back', async () => {
  const redis = await startRedis();
  const socket = { reconnectStrategy: () => 50 };
  const line = createClient({ url: redis.url, socket });
  line.on('error', () => undefined);
  await line.connect();
  const rooms = createSubscriptions(line, log);
  const heard: string[] = [];
  const listener = (message: Buffer) => heard.push(message.toString());
  await rooms.sSubscribe('left', listener, true);
  await sleep(100);
  await redis.kill('SIGSTOP');
  await rooms.sSubscribe('entered', listener, true);
  await rooms.sUnsubscribe('left');
  await sleep(100);
  await redis.kill('SIGKILL');
  await redis.restart();
  const speaker = createClient({ url: redis.url });
  speaker.on('error', () => undefined);
  await speaker.connect();
  await expect.poll(() => speaker.sPublish('entered', 'in the room'), { timeout: 5_000 }).toBe(1);
  await expect.poll(() => speaker.sPublish('left', 'elsewhere'), { timeout: 5_000 }).toBe(0);
  await expect.poll(() => heard).toContain('in the room');
  speaker.destroy();
  line.destroy();
  await redis.stop();
});

test('what one node tells a room is one message, heard once elsewhere, and not read where it came from', async () => {
  const redis = await startRedis();
  const nodes = await Promise.all(
    [1, 2].map(async () => {
      const fanout = await createFanout(redis.url, log);
      const io: LiveServer = new Server(0);
      io.adapter(fanout.adapter);
      const delivery = createDelivery(io);
      let read = 0;
      const inside = io.of('/').adapter as unknown as { onMessage: (message: object) => void };
      const { onMessage } = inside;
      inside.onMessage = (message) => {
        read += 1;
        onMessage(message);
      };
      io.on('connection', (socket) => void socket.join(['s/all', 's/participant']));
      const { port } = (
        io as unknown as { httpServer: NetServer }
      ).httpServer.address() as AddressInfo;
      const client = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
      const heard: unknown[] = [];
      client.onAny((event: string, payload: unknown) => heard.push([event, payload]));
      await expect.poll(() => io.of('/').adapter.rooms.has('s/participant')).toBe(true);
      const close = async () => {
        client.close();
        await io.close();
        await fanout.close();
      };
      return { delivery, heard, read: () => read, close };
    }),
  );
  const [one, two] = nodes;
  // Nodes of two versions side by side: neither reads what the other tells (R5).
  const looker = createClient({ url: redis.url });
  await looker.connect();
  const channels = (await looker.sendCommand(['PUBSUB', 'SHARDCHANNELS'])) as unknown as string[];
  expect(channels.length).toBeGreaterThan(0);
  for (const channel of channels) expect(channel).toMatch(new RegExp(`^cr:${PROTOCOL}#`));
  looker.destroy();
  const message: [string, string] = ['s/participant', eventText('view', { nth: 1 })];
  // Until the other has subscribed nobody hears; what comes twice then is the same.
  await expect
    .poll(async () => {
      if (two!.heard.length === 0) one!.delivery.elsewhere('s/all', [message]);
      await sleep(50);
      return two!.heard[0];
    })
    .toEqual(['view', { nth: 1 }]);
  expect(two!.read()).toBe(two!.heard.length);
  expect(one!.heard).toEqual([]);
  expect(one!.read()).toBe(0);
  await Promise.all(nodes.map((node) => node.close()));
  await redis.stop();
});

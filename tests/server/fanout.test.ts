/** The line between nodes, while Redis comes and goes. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { createLog } from '#server/log.ts';
import { createFanout } from '#server/realtime/adapter.ts';
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

/** What `ws` is told to be strict about, where a whole server would not show it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import { strictEngine } from '#server/realtime/strict.ts';
import { openWire } from '../bench/wire.ts';

test('R7 of many messages in one piece each has a turn of its own', async () => {
  const http = createServer();
  const Engine = strictEngine(() => undefined);
  const server = new Engine({ server: http });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  let [messages, inTurn, most] = [0, 0, 0];
  server.on('connection', (socket: WebSocket) => {
    onTestFinished(() => socket.terminate());
    socket.on('message', () => {
      messages += 1;
      inTurn += 1;
      most = Math.max(most, inTurn);
      process.nextTick(() => setImmediate(() => (inTurn = 0)));
    });
  });
  const { port } = http.address() as AddressInfo;
  const wire = await openWire(port, '/', () => undefined);
  for (let sent = 0; sent < 200; sent += 1) wire.send('hello');
  await expect.poll(() => messages).toBe(200);
  // One more may slip in before the turn is over.
  expect(most).toBeLessThanOrEqual(2);
});

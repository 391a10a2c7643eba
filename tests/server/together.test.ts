/** What a new connection is told first: fails when Engine.IO or `ws` no longer say it in the turn of the upgrade. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encode, TEXT } from '../hostile/wire.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { handshakeOf, seatIn } from '../setup/key.ts';
import { createSession } from '../setup/room.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('the answer to an upgrade and the first packet come in one piece, “connected” and the welcome in a second', async () => {
  const { code } = await createSession(app.url);
  const { hostname, port } = new URL(app.url);
  const pieces: string[] = [];
  const line = connect({ host: hostname, port: Number(port) });
  line.on('data', (piece) => pieces.push(piece.toString('latin1')));
  line.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`,
  );
  const heard = () => pieces.join('');
  await expect.poll(heard).toContain('"pingTimeout"');
  expect(pieces).toHaveLength(1);
  expect(pieces[0]).toContain('101 Switching Protocols');
  const asks = JSON.stringify(handshakeOf('participant', seatIn(code)));
  line.write(encode(TEXT, Buffer.from(`40${asks}`)));
  await expect.poll(heard).toContain('42["welcome"');
  expect(pieces).toHaveLength(2);
  expect(pieces[1]).toContain('40{"sid"');
  line.destroy();
});

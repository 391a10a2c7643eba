/** R5: an older client meets a newer server, and an older server comes back. */
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { PROTOCOL } from '#protocol/wire.ts';
import { startApp } from '../setup/app.ts';
import { connectSeat, goTo, joinSeat, vote } from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';

const NEWER = fileURLToPath(new URL('newer-server.ts', import.meta.url));

test('R5 an older client meets a newer server: told to reload, in one word, and its seat and ballot are kept', async () => {
  const before = await startApp();
  const room = await openRoom(before.url, 0);
  const { seat } = await joinSeat(before.url, room.code);
  const phone = await connectSeat(before.url, seat);
  await goTo(room.host, 'myth', 'open');
  await phone.until(({ round }) => round?.status === 'open');
  expect(await vote(phone, { cell: 1 }, { version: 3 })).toEqual({ ok: true, version: 3 });
  phone.close();
  room.close();
  const { port, dataDir } = before;
  await before.kill('SIGTERM');

  const after = await startApp({ entry: NEWER, port, dataDir });
  await expect(connectSeat(after.url, seat)).rejects.toThrow('old-client');
  // The reloaded page speaks the newer protocol.
  const auth = { protocol: PROTOCOL + 1, role: 'participant', credential: seat };
  const reloaded = io(after.url, { auth, transports: ['websocket'] });
  const standing = await new Promise((resolve) => {
    reloaded.on('welcome', (_view: unknown, own: unknown) => resolve(own));
  });
  expect(standing).toEqual({ standing: { question: 'myth-depth', version: 3 } });
  reloaded.close();
  // Nothing that a browser keeps would bring the old page back.
  const page = await fetch(`${after.url}/join/${room.code}`);
  expect(page.headers.get('cache-control') ?? 'no-cache').not.toMatch(/max-age=[1-9]|immutable/);
  await after.stop();
});

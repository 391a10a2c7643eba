/** Links that a host makes anew and takes away (S3), on one node and on two. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ack, KeyCommand } from '#protocol/messages.ts';
import type { View } from '#protocol/views.ts';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import { ENGINES, startEngine, type Engine } from '../setup/engines.ts';
import { command, connectHost, connectScreen, type Face } from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';
import { newSeatToken as newToken } from './store/stores.ts';

/** Far less than the next slow beat, which would notice as well. */
const AT_ONCE_MS = 2_000;

const heard = (socket: Face<View>['socket'], event: 'revoked' | 'disconnect') =>
  new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve());
    setTimeout(() => reject(new Error(`no “${event}” in time`)), AT_ONCE_MS);
  });

describe.each(ENGINES)('S3 links on the %s', (name) => {
  let engine: Engine;
  /** Another node on the same Redis; the embedded engine has but one. */
  let far: TestApp;
  beforeAll(async () => {
    engine = await startEngine(name);
    const { redis, app } = engine;
    far = redis
      ? await startApp({ env: { REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET } })
      : app;
  });
  afterAll(async () => {
    if (far !== engine.app) await far.stop();
    await engine.stop();
  });

  type Room = Awaited<ReturnType<typeof openRoom>>;
  const ask = ({ host }: Pick<Room, 'host'>, key: KeyCommand): Promise<Ack> =>
    host.socket.timeout(5000).emitWithAck('key', key);
  const credential = ({ host }: { host: string }, token: string) =>
    `${host.split('.')[0] ?? ''}.${token}`;
  async function opened() {
    const room = await openRoom(engine.app.url, 1);
    const keys = { host: String(room.host.socket.auth['credential' as never]) };
    return { room, of: (token: string) => credential(keys, token), own: keys.host };
  }

  test('a co-host’s link opens the console beside the first one, as often as it is used', async () => {
    const { room, of } = await opened();
    const token = newToken();
    expect(await ask(room, { role: 'host', token, only: false })).toEqual({ ok: true });
    expect(await ask(room, { role: 'host', token, only: false })).toEqual({ ok: true });
    const second = await connectHost(far.url, of(token));
    expect(await command(second, { do: 'lock', locked: true })).toEqual({ ok: true });
    await room.host.until(({ locked }) => locked);
    await expect(connectScreen(far.url, of(token))).rejects.toThrow('not-allowed');
    for (let more = 0; more < 6; more++)
      expect(await ask(room, { role: 'host', token: newToken(), only: false })).toMatchObject({
        ok: true,
      });
    expect(await ask(room, { role: 'host', token: newToken(), only: false })).toEqual({
      ok: false,
      reason: 'too-many-links',
    });
    second.close();
    room.close();
  });

  test('R8 a host’s and a co-host’s press in the same moment, on two nodes: one transition', async () => {
    const { room, of } = await opened();
    const token = newToken();
    await ask(room, { role: 'host', token, only: false });
    const cohost = await connectHost(far.url, of(token));
    for (let press = 0; press < 6; press++) {
      const { cursor, next, previous, revision } = room.host.view();
      await cohost.until((view) => view.revision === revision);
      // Half of the time they do not even want the same.
      const wishes = [next, press % 2 ? previous : next] as const;
      const [host, other] = await Promise.all(
        [room.host, cohost].map((by, index) =>
          command(by, { do: 'move', from: cursor, to: wishes[index] ?? cursor }),
        ),
      );
      for (const face of [room.host, cohost]) await face.until((view) => view.revision > revision);
      const { cursor: after } = room.host.view();
      expect(room.host.view().revision, `press ${press}`).toBe(revision + 1);
      expect(wishes).toContainEqual(after);
      const lost = { ok: false, reason: 'moved-on' };
      if (press % 2) expect([host, other]).toContainEqual(lost);
      else expect([host, other]).toEqual([{ ok: true }, { ok: true }]);
    }
    cohost.close();
    room.close();
  });

  test('after a hand-over the new link is the only one: all others are cut off at once and told why', async () => {
    const { room, of, own } = await opened();
    const [cohost, heir] = [newToken(), newToken()];
    await ask(room, { role: 'host', token: cohost, only: false });
    const near = await connectHost(engine.app.url, of(cohost));
    const away = await connectHost(far.url, of(cohost));
    const others = [room.host, near, away];
    const gone = others.map(({ socket }) => heard(socket, 'disconnect'));
    const told = others.map(({ socket }) => heard(socket, 'revoked'));
    expect(await ask(room, { role: 'host', token: heir, only: true })).toEqual({ ok: true });
    await Promise.all([...gone, ...told]);
    for (const old of [own, of(cohost)])
      for (const { url } of [engine.app, far])
        await expect(connectHost(url, old)).rejects.toThrow('revoked');
    await expect(connectHost(far.url, of(newToken()))).rejects.toThrow('not-allowed');
    const host = await connectHost(far.url, of(heir));
    expect(await command(host, { do: 'lock', locked: true })).toEqual({ ok: true });
    expect(room.screen.socket.connected).toBe(true);
    host.close();
    room.close();
  });

  test('a new projector link ends the old one, and nothing else', async () => {
    const { room, of } = await opened();
    const token = newToken();
    const gone = heard(room.screen.socket, 'revoked');
    expect(await ask(room, { role: 'screen', token, only: true })).toEqual({ ok: true });
    await gone;
    const screen = await connectScreen(far.url, of(token));
    expect(screen.view().audience).toBe('screen');
    expect(room.host.socket.connected).toBe(true);
    screen.close();
    room.close();
  });

  test('no key is printed, and only a host may ask for one', async () => {
    const { room, of } = await opened();
    const token = newToken();
    await ask(room, { role: 'host', token, only: true });
    const others = [room.screen, ...room.phones].map(({ socket }) =>
      socket.timeout(500).emitWithAck('key', { role: 'host', token: newToken(), only: true }),
    );
    for (const asked of others) await expect(asked).rejects.toThrow('timed out');
    const host = await connectHost(engine.app.url, of(token));
    const malformed = { role: 'participant', token, only: true } as unknown as KeyCommand;
    expect(await ask({ host }, malformed)).toEqual({ ok: false, reason: 'malformed' });
    expect(engine.app.output()).not.toContain(token);
    host.close();
    room.close();
  });
});

/** The beat at which every node looks again whose keys were taken away. */
const SLOW_BEAT_MS = 20_000;

test('S3 DISC-5 a console whose node did not hear of a hand-over may look on, and changes nothing', async () => {
  const engine = await startEngine('real Redis');
  const url = engine.redis?.url ?? '';
  const far = await startApp({ env: { REDIS_URL: url, CROSSROADS_SECRET: TEST_SECRET } });
  const redis = createClient({ url });
  await redis.connect();
  const room = await openRoom(engine.app.url, 0);
  const hostKey = String(room.host.socket.auth['credential' as never]);
  const deaf = await connectHost(far.url, hostKey);
  const other = await connectHost(far.url, hostKey);
  const beat = SLOW_BEAT_MS - (Date.now() % SLOW_BEAT_MS);
  if (beat < 3_000) await sleep(beat + 500);
  // Nothing travels between the nodes any more; commands go on.
  await redis.sendCommand(['ACL', 'SETUSER', 'default', 'resetchannels']);
  const token = newToken();
  const handOver = { role: 'host', token, only: true } as const;
  expect(await room.host.socket.timeout(5000).emitWithAck('key', handOver)).toEqual({ ok: true });
  expect(deaf.socket.connected).toBe(true);
  const gone = heard(deaf.socket, 'disconnect');
  const { revision } = deaf.view();
  const refused = { ok: false, reason: 'revoked' };
  expect(await command(deaf, { do: 'lock', locked: true })).toEqual(refused);
  await gone;
  // Nor ends it: the room is there for its new host below.
  const end = other.socket.timeout(5000).emitWithAck('end', { code: room.code });
  expect(await end).toEqual(refused);
  const host = await connectHost(far.url, `${hostKey.split('.')[0] ?? ''}.${token}`);
  expect(host.view()).toMatchObject({ locked: false, revision });
  host.close();
  room.close();
  redis.destroy();
  await far.stop();
  await engine.stop();
});

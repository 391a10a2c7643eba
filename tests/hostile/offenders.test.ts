/** Attacker and victims at one address: only what opens nothing, or was cut off itself, waits (R7, S7). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../setup/app.ts';
import { newNonce, seatIn } from '../setup/key.ts';
import { createSession, joinSeat } from '../setup/room.ts';
import { connectWire, CONTINUATION, TEXT, type WireFace } from './wire.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('R7 a whole room behind one address comes back at once while a phone of it misbehaves', async () => {
  const { url } = app;
  const { code } = await createSession(url);
  const nonce = newNonce();
  const seats = await Promise.all(
    Array.from({ length: 31 }, async (_, at) => {
      const { seat } = await (at === 0 ? joinSeat(url, code, nonce) : joinSeat(url, code));
      return seat;
    }),
  );
  const [hostile = '', ...honest] = seats;
  const seat = (credential: string) => connectWire(url, 'participant', credential);
  const come = () => Promise.all(honest.map(seat));
  const before = await come();

  // Cut off for breaking the rules, again and again, and guessing beside it, until it has to wait.
  for (let time = 0; time < 2; time++) {
    const wire = await seat(hostile);
    for (let packet = 0; packet < 8; packet++) wire.text(`42${packet}["nonsense"]`);
    await wire.gone;
  }
  const wrong = () => seat('no key at all').catch((error: Error) => error.message);
  await Promise.all(Array.from({ length: 20 }, wrong));

  before.forEach((wire) => wire.close());
  const order: string[] = [];
  const ended = (name: string) => () => void order.push(name);
  let again: WireFace[] = [];
  await Promise.all([
    seat(hostile).then((wire) => {
      ended('hostile')();
      wire.close();
    }),
    // The same one, asking for its seat as if it had none.
    connectWire(url, 'participant', seatIn(code, nonce)).then((wire) => {
      ended('hostile')();
      wire.close();
    }),
    wrong().then(ended('guess')),
    // They come last, and are in first.
    come().then((all) => {
      again = all;
      ended('honest')();
    }),
  ]);
  expect(order[0]).toBe('honest');
  expect(order).toHaveLength(4);
  again.forEach((wire) => wire.close());
});

test('R7 seats that a restart forgot are no guesses: they are told at once, however many', async () => {
  const { url } = app;
  const { host } = await createSession(url);
  const [sid = ''] = host.split('.');
  const ask = () =>
    connectWire(url, 'participant', `${sid}.${'A'.repeat(43)}`).catch(
      (error: Error) => error.message,
    );
  // What the test before has spent is forgotten.
  await app.restart();
  const told = await Promise.all(Array.from({ length: 60 }, ask));
  for (const reason of told) expect(reason).toContain('not-allowed');
  // As many guesses at a host's key have to wait.
  const since = performance.now();
  await Promise.all(
    Array.from({ length: 40 }, () =>
      connectWire(url, 'host', `${sid}.${'A'.repeat(43)}`).catch(() => null),
    ),
  );
  expect(performance.now() - since).toBeGreaterThan(1_400);
});

/** May come between any two frames. */
const PING = 9;
/** Past what a client would say, by the bytes that are enough to know it. */
const BROKEN: [string, (wire: WireFace) => void][] = [
  // A megabyte is announced; none of it is ever sent.
  [
    'the head of a huge frame',
    ({ tcp }) => tcp.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 16, 0, 0, 1, 2, 3, 4])),
  ],
  [
    'a message in many fragments',
    ({ frame }) => {
      frame(TEXT, Buffer.from('4'), false);
      for (let part = 0; part < 8; part++) frame(CONTINUATION, Buffer.alloc(0), false);
    },
  ],
  ['bytes that are no frame', ({ tcp }) => tcp.write(Buffer.alloc(64, 0xff))],
  ['what Engine.IO does not know', ({ text }) => text('9')],
  ['what Socket.IO does not know', ({ text }) => text('42{')],
];

test('S7 R7 who breaks the protocol is ended at once, unheard, and comes back slowly; others do not', async () => {
  const { url } = app;
  const { code } = await createSession(url);
  const seats = await Promise.all(
    [...BROKEN, 'honest'].map(async () => (await joinSeat(url, code)).seat),
  );
  const come = async (seat = '') => {
    const since = performance.now();
    const wire = await connectWire(url, 'participant', seat);
    wire.close();
    return performance.now() - since;
  };
  await Promise.all(
    BROKEN.map(async ([what, act], at) => {
      const wire = await connectWire(url, 'participant', seats[at] ?? '');
      // Says goodbye to nobody, and keeps talking.
      wire.goodbye = () => undefined;
      wire.tcp.allowHalfOpen = true;
      const talk = setInterval(() => wire.frame(PING, Buffer.alloc(0)), 20);
      act(wire);
      const since = performance.now();
      await wire.gone;
      clearInterval(talk);
      expect(performance.now() - since, what).toBeLessThan(1_000);
    }),
  );
  const [honest = NaN, ...hostile] = await Promise.all([...seats].reverse().map(come));
  expect(Math.min(...hostile)).toBeGreaterThan(1_400);
  expect(honest).toBeLessThan(Math.min(...hostile));
});

test('R7 a handshake that is played again and again has to wait, before others feel it', async () => {
  const { url } = app;
  const { code } = await createSession(url);
  const { seat } = await joinSeat(url, code);
  let [times, took] = [0, 0];
  for (; took < 1_400 && times < 40; times++) {
    const since = performance.now();
    (await connectWire(url, 'participant', seat)).close();
    took = performance.now() - since;
  }
  // Eight tabs may come three times a minute; joining was the first.
  expect(times).toBeGreaterThan(20);
  expect(times).toBeLessThan(30);
});

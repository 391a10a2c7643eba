/** Attacker and victims at one address: only what opens nothing, or was cut off itself, waits (R7, S7). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../setup/app.ts';
import { newNonce, seatIn } from '../setup/key.ts';
import { createSession, joinSeat } from '../setup/room.ts';
import { connectWire, type WireFace } from './wire.ts';

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

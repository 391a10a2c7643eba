/** What anybody may ask for, in whatever order: one ballot a seat, one release a question, one policy. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Choice } from '#core/round.ts';
import type { Ack } from '#protocol/messages.ts';
import type { HostView, View } from '#protocol/views.ts';
import { ENGINES, startEngine, type Engine } from '../setup/engines.ts';
import {
  command,
  connectHost,
  connectScreen,
  connectSeat,
  createSession,
  goTo,
  joinSeat,
  newNonce,
  post,
  vote,
  type Face,
} from '../setup/room.ts';

const cells = (...values: number[]) => values.map((cell): Choice => ({ cell }));

describe.each(ENGINES)('on the %s', (name) => {
  let engine: Engine;
  const rooms: (() => void)[] = [];
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(async () => {
    rooms.forEach((close) => close());
    await engine.stop();
  });

  /** A room with its round open; and how it votes, closes and what it then publishes. */
  async function openRound(kind: string, people: number, policy = 'standard') {
    const { url } = engine.app;
    const made = await createSession(url, { policy });
    const host = await connectHost(url, made.host);
    const screen = await connectScreen(url, made.screen);
    const seats = await Promise.all(Array.from({ length: people }, () => joinSeat(url, made.code)));
    const phones = await Promise.all(seats.map(({ seat }) => connectSeat(url, seat)));
    await goTo(host, kind, 'open');
    await Promise.all(phones.map((phone) => phone.until(({ round }) => round?.status === 'open')));
    rooms.push(() => [host, screen, ...phones].forEach((face) => face.close()));
    const voteAll = async (choices: readonly Choice[]) => {
      for (const [at, choice] of choices.entries())
        expect(await vote(phones[at]!, choice)).toEqual({ ok: true, version: 1 });
    };
    const close = async () => {
      await goTo(host, kind, 'closed');
      return host.view().release?.main;
    };
    return { made, url, host, screen, seats, phones, voteAll, close };
  }

  /** Sends what the types would not allow. @returns null when nobody answers */
  async function raw(face: object, event: string, ...payload: unknown[]): Promise<Ack | null> {
    const { socket } = face as {
      socket: { timeout: (ms: number) => { emitWithAck: (...all: unknown[]) => Promise<Ack> } };
    };
    return socket
      .timeout(600)
      .emitWithAck(event, ...payload)
      .catch(() => null);
  }

  test('T6 left, rejoined, a second tab, an older ballot played back: one ballot a seat, the newest', async () => {
    const room = await openRound('myth', 6);
    await room.voteAll(cells(0, 0, 1, 1, 1));
    const { seat } = room.seats[5]!;
    const question = room.host.view().round!.question;
    const old = { question, version: 1, nonce: newNonce(), choice: { cell: 0 } };
    await raw(room.phones[5]!, 'ballot', old);
    room.phones[5]!.close();
    const [tab, again] = [await connectSeat(room.url, seat), await connectSeat(room.url, seat)];
    expect(again.seat()).toEqual({ standing: { question, version: 1 } });
    expect(await vote(tab, { cell: 2 }, { version: 2 })).toEqual({ ok: true, version: 2 });
    // The thief has the very packet: on the stolen seat it is too old, on a seat of his own it is his.
    expect(await raw(again, 'ballot', old)).toEqual({ ok: true, version: 2 });
    expect(await raw(room.phones[0]!, 'ballot', old)).toEqual({ ok: false, reason: 'conflict' });
    const nonces = await Promise.all(
      [newNonce(), newNonce()].map((n) => joinSeat(room.url, room.made.code, n)),
    );
    expect(nonces[0]!.seat).not.toBe(nonces[1]!.seat);
    const main = await room.close();
    expect(main).toEqual({ outcome: 'spread', n: 6, grain: 'cells', counts: [2, 3, 1] });
    [tab, again].forEach((face) => face.close());
  });

  test.each([
    [[0, 1, 2, 3, 4], { outcome: 'spread', n: 5, grain: 'bands', counts: [2, 1, 2] }],
    [[0, 0, 1, 4, 4], { outcome: 'veiled', n: 5, atLeast: 3, band: 0 }],
    [[4, 4, 4, 4, 4], { outcome: 'veiled', n: 5, atLeast: 3, band: 2 }],
    [[3, 4, 3, 4, 0], { outcome: 'veiled', n: 5, atLeast: 3, band: 2 }],
  ])('T8 DISC-2 DISC-3 closed as soon as the fifth has answered %j', async (answers, expected) => {
    const room = await openRound('tradeoff', 7);
    await room.voteAll(cells(...answers));
    expect(await room.close()).toEqual(expected);
    // The sixth and the seventh are late: they change nothing, and nothing finer ever comes.
    expect(await vote(room.phones[5]!, { cell: 0 })).toEqual({ ok: false, reason: 'round-closed' });
    await goTo(room.host, 'tradeoff', 'shown');
    const seers: Pick<Face<View>, 'until'>[] = [room.screen, ...room.phones];
    for (const face of seers) {
      const { slide } = await face.until(({ cursor }) => cursor.stage === 'shown');
      expect('release' in slide && slide.release?.main).toEqual(expected);
    }
  });

  test('T8 DISC-1 closed at the fourth: nothing is published', async () => {
    const room = await openRound('tradeoff', 5);
    await room.voteAll(cells(0, 1, 2, 3));
    expect(await room.close()).toEqual({ outcome: 'withheld', minimum: 5 });
  });

  test('T9 DISC-8 no request makes finer bins, a lower threshold or a second publication', async () => {
    const room = await openRound('tradeoff', 7, 'strict');
    const { made, url, host } = room;
    const { question } = host.view().round!;
    await room.voteAll(cells(0, 1, 2, 3, 4, 0, 1));
    const { cursor } = host.view();
    const move = { do: 'move', from: cursor, to: { ...cursor, stage: 'closed' }, confirm: true };
    const wishes: unknown[] = [
      { ...move, minimum: 1 },
      { ...move, policy: 'standard' },
      { ...move, to: { ...move.to, grain: 'cells' } },
      { do: 'policy', policy: 'standard' },
      { do: 'release', question, bins: 5 },
      { do: 'filter', question, cells: [0] },
      { do: 'reopen', question },
      [move],
    ];
    const malformed = { ok: false, reason: 'malformed' };
    for (const wish of wishes) {
      const hand = await connectHost(url, made.host);
      expect(await raw(hand, 'command', wish), JSON.stringify(wish)).toEqual(malformed);
      hand.close();
    }
    const names = ['release', 'tally', 'ballots', 'settle'];
    const hand = await connectHost(url, made.host);
    expect(await Promise.all(names.map((event) => raw(hand, event, {})))).toEqual(
      names.map(() => null),
    );
    hand.close();
    const plain = await raw(host, 'sync');
    const wished = await raw(host, 'sync', { bins: 5, minimum: 1, policy: 'standard' });
    expect(withoutTime(wished)).toEqual(withoutTime(plain));

    expect(await room.close()).toEqual({ outcome: 'withheld', minimum: 8 });
    const { cursor: from } = host.view();
    const again = await command(host, { do: 'move', from, to: cursor });
    expect(again).toEqual({ ok: false, reason: 'asked-once' });
    // Closed twice, shown, left and come back to: it is the release it was.
    expect(await command(host, { do: 'move', from, to: from })).toEqual({ ok: true });
    await goTo(host, 'tradeoff', 'shown');
    await goTo(host, 'poll', 'ask');
    const back = host.view().agenda.find(({ id }) => id === cursor.step)?.landing;
    await command(host, { do: 'move', from: host.view().cursor, to: back! });
    const { slide, contract } = await host.until((view) => view.cursor.step === cursor.step);
    const main = { outcome: 'withheld', minimum: 8 };
    expect('release' in slide && slide.release).toEqual({ question, main });
    expect(contract).toMatchObject({ policy: 'strict', minimum: 8 });
  });

  test('T9 DISC-8 no session is made with another policy than the two, nor with thresholds of its own', async () => {
    const { url } = engine.app;
    const good = { workshop: 'staff-or-em', language: 'en', plan: 'full', policy: 'standard' };
    const bad: object[] = [
      { ...good, policy: 'none' },
      { ...good, policy: 'loose' },
      { ...good, policy: 'STANDARD' },
      { ...good, policy: 'constructor' },
      { ...good, policy: { name: 'standard', minimum: 1 } },
      { ...good, minimum: 1 },
      { ...good, thresholds: { minimum: 1 } },
      { ...good, veil: false },
      { workshop: 'staff-or-em', language: 'en', plan: 'full' },
    ];
    for (const body of bad) {
      const { status, reply } = await post(`${url}/api/sessions`, body);
      expect({ status, reply }, JSON.stringify(body)).toEqual({
        status: 400,
        reply: { ok: false, reason: 'malformed' },
      });
    }
    const response = await fetch(`${url}/api/sessions?policy=none&minimum=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-policy': 'none' },
      body: JSON.stringify({ ...good, policy: 'strict' }),
    });
    const { code } = (await response.json()) as { code: string };
    const room = await fetch(`${url}/api/rooms/${code}?policy=none`);
    expect(await room.json()).toMatchObject({ contract: { policy: 'strict', minimum: 8 } });
    for (const path of ['release', 'ballots', 'seats', 'rooms', 'sessions'])
      expect((await fetch(`${url}/api/${path}/${code}/tally`)).status, path).toBe(404);
  });

  test('T9 R6 a ballot for another room’s question, for none, or out of the question’s range counts nowhere', async () => {
    const [here, there] = [await openRound('myth', 5), await openRound('poll', 1)];
    const phone = there.phones[0]!;
    const { question } = here.host.view().round!;
    const ballot = (choice: Choice, asked = question) => vote(phone, choice, { question: asked });
    expect(await ballot({ cell: 0 })).toEqual({ ok: false, reason: 'round-closed' });
    const malformed = { ok: false, reason: 'malformed' };
    expect(await ballot({ cell: 0 }, 'no-such-question')).toEqual(malformed);
    expect(await ballot({ cell: 3 })).toEqual(malformed);
    expect(await ballot({ lean: 0, marks: [] })).toEqual(malformed);
    await here.voteAll(cells(0, 0, 1, 1, 2));
    expect(await here.close()).toMatchObject({ n: 5, counts: [2, 2, 1] });
  });

  test('T10 DISC-9 DISC-10 the facilitator holds no seat: neither host nor screen can answer', async () => {
    const { made, url, host, screen, phones, voteAll, close } = await openRound('myth', 5);
    const { question } = host.view().round!;
    const ballot = { question, version: 1, nonce: newNonce(), choice: { cell: 0 } };
    expect(await raw(host, 'ballot', ballot)).toBeNull();
    expect(await raw(screen, 'ballot', ballot)).toBeNull();
    for (const credential of [made.host, made.screen])
      await expect(connectSeat(url, credential)).rejects.toThrow('not-allowed');
    await voteAll(cells(1, 1, 2, 2, 0));
    expect(phones.every((phone) => phone.view().counts.seats === 5)).toBe(true);
    expect(await close()).toMatchObject({ n: 5, counts: [1, 2, 2] });
  });
});

function withoutTime(reply: Ack | null): unknown {
  return { ...reply, view: { ...(reply as unknown as { view: HostView }).view, now: 0 } };
}

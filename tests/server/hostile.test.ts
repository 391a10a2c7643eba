/** What must not get in, and what must not get out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostView } from '#protocol/views.ts';
import {
  command,
  connectHost,
  connectScreen,
  connectSeat,
  createSession,
  goTo,
  joinSeat,
  newNonce,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import { askSeat } from '../setup/key.ts';
import { openRoom } from '../setup/session.ts';
import { ENGINES, startEngine, type Engine } from '../setup/engines.ts';

describe.each(ENGINES)('a room on the %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(() => engine.stop());
  const room = (people: number) => openRoom(engine.app.url, people);

  test('S2 the same join sent twice takes one seat', async () => {
    const session = await room(0);
    const nonce = newNonce();
    const [first, second] = await Promise.all([
      joinSeat(session.url, session.code, nonce),
      joinSeat(session.url, session.code, nonce),
    ]);
    expect(first.seat).toBe(second.seat);
    session.close();
  });

  test('S1 unknown and ended rooms give one answer; a locked room says so', async () => {
    const session = await room(0);
    const join = (code: string) => askSeat(session.url, { room: code, nonce: newNonce() });
    const unknown = await join('222222');
    expect(unknown).toEqual({ ok: false, reason: 'unknown-room' });
    await command(session.host, { do: 'lock', locked: true });
    expect(await join(session.code)).toEqual({ ok: false, reason: 'locked' });
    await session.host.socket.timeout(5000).emitWithAck('end', { code: session.code });
    expect(await join(session.code)).toEqual(unknown);
    session.close();
  });

  test('S4 a wrong token and a wrong role open nothing', async () => {
    const session = await room(0);
    const { url } = session;
    const made = await createSession(url);
    const { seat } = await joinSeat(url, made.code);
    const [sid] = made.host.split('.');
    await expect(connectHost(url, made.screen)).rejects.toThrow('not-allowed');
    await expect(connectHost(url, seat)).rejects.toThrow('not-allowed');
    await expect(connectSeat(url, made.host)).rejects.toThrow('not-allowed');
    const foreign = session.host.view().code && `${String(sid)}.${'A'.repeat(43)}`;
    await expect(connectScreen(url, foreign)).rejects.toThrow('not-allowed');
    session.close();
  });

  test('S4 a phone cannot command, and a screen can only look', async () => {
    const session = await room(1);
    const { cursor } = session.host.view();
    for (const face of session.others) {
      const answered = face.socket
        .timeout(500)
        .emitWithAck('command', { do: 'lock', locked: true });
      await expect(answered).rejects.toThrow();
    }
    expect(session.host.view().locked).toBe(false);
    expect(session.host.view().cursor).toEqual(cursor);
    session.close();
  });

  test('S7 five malformed commands are forgiven, a sixth or an oversized one ends the socket, the room goes on', async () => {
    const session = await room(3);
    const [rude, large, kind] = session.phones;
    if (!rude || !large || !kind) throw new Error('nobody came');
    await goTo(session.host, 'myth', 'open');
    await kind.until((view) => view.round?.status === 'open');
    const raw = rude.socket as unknown as {
      timeout: (ms: number) => {
        emitWithAck: (event: string, payload: unknown) => Promise<unknown>;
      };
      emit: (event: string, payload: unknown) => void;
    };
    const right = { question: 'myth-depth', version: 1, nonce: newNonce(), choice: { cell: 1 } };
    for (const payload of [
      null,
      [],
      { question: '__proto__' },
      { constructor: 1 },
      { ...right, more: 1 },
    ])
      expect(await raw.timeout(5000).emitWithAck('ballot', payload)).toEqual({
        ok: false,
        reason: 'malformed',
      });
    expect(rude.socket.connected).toBe(true);
    let dismissed = '';
    rude.socket.on('disconnect', (reason) => (dismissed = reason));
    raw.emit('ballot', 'the sixth');
    await expect.poll(() => dismissed).toBe('io server disconnect');
    let cutOff = false;
    large.socket.on('disconnect', () => (cutOff = true));
    (large.socket as unknown as typeof raw).emit('ballot', 'x'.repeat(100_000));
    await expect.poll(() => cutOff).toBe(true);
    expect(await vote(kind, { cell: 1 })).toEqual({ ok: true, version: 1 });
    session.close();
  });

  test('T3 DISC-6 one tap changes nothing that others get but a tick, later', async () => {
    const session = await room(3);
    const [phone, other] = session.phones;
    if (!phone || !other) throw new Error('nobody came');
    await goTo(session.host, 'myth', 'open');
    const { revision } = session.host.view();
    await Promise.all(
      session.phones.map((face) => face.until((view) => view.revision === revision)),
    );
    await session.screen.until((view) => view.revision === revision);
    const faces = [session.host, session.screen, other] as Face<HostView>[];
    const before = faces.map((face) => face.frames.length);
    await vote(phone, { cell: 2 });
    await expect
      .poll(() => session.host.ticks().at(-1)?.counts.answered, { timeout: 12_000 })
      .toBe(1);
    const since = faces.map((face, index) => face.frames.slice(before[index]));
    for (const frames of since) for (const { event } of frames) expect(event).toBe('tick');
    session.close();
  });

  test('notes, cues and unrevealed answers never reach phones or screen', async () => {
    const session = await room(1);
    const notes: string[] = [];
    const early = new Map<string, string>();
    do {
      const { notes: text, slide, cursor } = session.host.view();
      notes.push(text);
      if (slide.kind === 'myth' && cursor.stage === 'truth' && slide.answer)
        early.set(cursor.step, slide.answer.truth);
    } while (await pressNext(session.host));
    for (const face of session.others) {
      const all = JSON.stringify(face.frames);
      for (const note of notes) expect(all).not.toContain(JSON.stringify(note).slice(1, 60));
      for (const [step, truth] of early)
        for (const { payload } of face.frames) {
          const { cursor } = payload as HostView;
          if (cursor?.step === step && cursor.stage !== 'truth')
            expect(JSON.stringify(payload)).not.toContain(truth);
        }
    }
    expect(early.size).toBeGreaterThan(0);
    session.close();
  });
});

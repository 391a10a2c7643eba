/** A session over real sockets: what each face gets, step by step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewSchema } from '#protocol/views.ts';
import type { HostView } from '#protocol/views.ts';
import {
  command,
  connectHost,
  connectSeat,
  goTo,
  joinSeat,
  newNonce,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';
import { ENGINES, startEngine, type Engine } from '../setup/engines.ts';

const strongStaff = { lean: 0, marks: new Array<number>(12).fill(2) };

describe.each(ENGINES)('a session on the %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(() => engine.stop());
  const room = (people: number) => openRoom(engine.app.url, people);

  async function assessed(choices: number[]) {
    const session = await room(choices.length);
    await goTo(session.host, 'assessment', 'open');
    await Promise.all(
      session.phones.map(async (phone, index) => {
        await phone.until((view) => view.round?.status === 'open');
        const reply = await vote(phone, { ...strongStaff, lean: choices[index] ?? 0 });
        expect(reply).toEqual({ ok: true, version: 1 });
      }),
    );
    const view = await goTo(session.host, 'distribution', 'shown');
    const slide = view.slide.kind === 'distribution' ? view.slide : null;
    return { ...session, release: slide?.release };
  }

  test('every view and tick parses with its schema, and all faces are at the same revision', async () => {
    const session = await room(2);
    const faces = [session.host, session.screen, ...session.phones];
    await pressNext(session.host);
    await pressNext(session.host);
    const { revision } = session.host.view();
    for (const face of faces as Face<HostView>[]) {
      await face.until((view) => view.revision === revision);
      for (const { event, payload } of face.frames)
        if (event === 'view' || event === 'welcome') viewSchema.parse(payload);
    }
    session.close();
  });

  test('below the number for statements “next” and “back” pass their empty stage by, and the host hears it', async () => {
    const few = await assessed([0, 1, 2, 3, 4, 4, 3, 2]);
    const at = few.host.view();
    expect(at).toMatchObject({ passed: true, cursor: { stage: 'shown' } });
    expect(at.next?.step).not.toBe(at.cursor.step);
    await pressNext(few.host);
    expect(few.host.view().previous).toEqual(at.cursor);
    few.close();
    const many = await assessed([0, 1, 2, 3, 4, 4, 3, 2, 1, 0]);
    expect(many.host.view()).toMatchObject({ passed: false, next: { stage: 'statements' } });
    many.close();
  });

  test('DISC-9 what the host sees ahead never holds a result', async () => {
    const session = await room(5);
    await goTo(session.host, 'poll', 'open');
    await Promise.all(
      session.phones.map(async (phone) => {
        await phone.until((view) => view.round?.status === 'open');
        await vote(phone, { cell: 0 });
      }),
    );
    const { ahead, release } = await goTo(session.host, 'poll', 'closed');
    expect(release).not.toBeNull();
    expect(ahead?.slide).toMatchObject({ kind: 'poll', release: null });
    session.close();
  });

  test('the curtain is the wall’s and the consoles’ alone: phones keep what they have', async () => {
    const session = await room(1);
    const [phone] = session.phones;
    const before = phone!.view();
    for (const curtain of ['black', 'code'] as const) {
      await command(session.host, { do: 'curtain', curtain });
      await session.screen.until((view) => view.curtain === curtain);
      await session.host.until((view) => view.curtain === curtain);
    }
    const after = await phone!.until((view) => view.revision === before.revision + 2);
    const { now, revision } = before;
    expect({ ...after, now, revision }).toEqual(before);
    await pressNext(session.host);
    await session.screen.until((view) => view.curtain === null);
    session.close();
  });

  test('the whole agenda can be walked by the primary action alone', async () => {
    const session = await room(1);
    const seen = new Set<string>();
    do seen.add(session.host.view().cursor.step);
    while (await pressNext(session.host));
    expect([...seen]).toEqual(session.host.view().agenda.map(({ id }) => id));
    session.close();
  });

  test('DISC-1 four ballots: withheld', async () => {
    const session = await assessed([0, 0, 4, 4]);
    expect(session.release?.main).toEqual({ outcome: 'withheld', minimum: 5 });
    session.close();
  });

  test('DISC-3 six unanimous: veiled', async () => {
    const session = await assessed([0, 0, 0, 0, 0, 0]);
    expect(session.release?.main).toEqual({ outcome: 'veiled', n: 6, atLeast: 4, band: 0 });
    session.close();
  });

  test('DISC-3 eight with four strong and four leaning to one side: veiled on the bands', async () => {
    const session = await assessed([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(session.release?.main).toEqual({ outcome: 'veiled', n: 8, atLeast: 5, band: 0 });
    session.close();
  });

  test('DISC-2 twelve spread: five bins, the same on every face', async () => {
    const session = await assessed([0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4]);
    const main = { outcome: 'spread', n: 12, grain: 'cells', counts: [3, 2, 2, 2, 3] };
    expect(session.release?.main).toEqual(main);
    for (const face of session.others) {
      const view = await face.until(({ cursor }) => cursor.stage === 'shown');
      expect(view.slide).toMatchObject({ kind: 'distribution', release: { main } });
    }
    session.close();
  });

  test('DISC-10 whoever comes sees itself counted at once', async () => {
    const session = await room(1);
    expect(session.phones[0]?.view().counts).toEqual({ present: 1, seats: 1, answered: null });
    session.close();
  });

  test('R8 a double press makes one step', async () => {
    const session = await room(0);
    await pressNext(session.host);
    const { cursor, next, revision } = session.host.view();
    if (!next) throw new Error('nowhere to go');
    const press = { do: 'move', from: cursor, to: next } as const;
    const replies = await Promise.all([command(session.host, press), command(session.host, press)]);
    expect(replies).toEqual([{ ok: true }, { ok: true }]);
    const after = await session.host.until((view) => view.revision > revision);
    expect(after.revision).toBe(revision + 1);
    session.close();
  });

  test('DISC-5 closing asks once more while some have not answered', async () => {
    const session = await room(3);
    await goTo(session.host, 'myth', 'open');
    const { cursor } = session.host.view();
    const close = { do: 'move', from: cursor, to: { ...cursor, stage: 'closed' } } as const;
    expect(await command(session.host, close)).toEqual({ ok: false, reason: 'confirm-close' });
    expect(session.host.view().round?.status).toBe('open');
    expect(await command(session.host, { ...close, confirm: true })).toEqual({ ok: true });
    session.close();
  });

  test('T4 a ballot after the close is not counted, and the question is never asked again', async () => {
    const session = await room(1);
    const [phone] = session.phones;
    if (!phone) throw new Error('nobody came');
    const open = await goTo(session.host, 'myth', 'open');
    await phone.until((view) => view.round?.status === 'open');
    await goTo(session.host, 'myth', 'closed');
    expect(await vote(phone, { cell: 0 })).toEqual({ ok: false, reason: 'round-closed' });
    const from = session.host.view().cursor;
    const reply = await command(session.host, { do: 'move', from, to: open.cursor });
    expect(reply).toEqual({ ok: false, reason: 'asked-once' });
    session.close();
  });

  test('T5 T6 R2 a changed mind, a retry and an old ballot leave one ballot, the newest', async () => {
    const session = await room(1);
    const [phone] = session.phones;
    if (!phone) throw new Error('nobody came');
    await goTo(session.host, 'myth', 'open');
    await phone.until((view) => view.round?.status === 'open');
    const first = { nonce: newNonce(), version: 1 };
    const second = { nonce: newNonce(), version: 2 };
    expect(await vote(phone, { cell: 0 }, first)).toEqual({ ok: true, version: 1 });
    expect(await vote(phone, { cell: 2 }, second)).toEqual({ ok: true, version: 2 });
    expect(await vote(phone, { cell: 2 }, second)).toEqual({ ok: true, version: 2 });
    expect(await vote(phone, { cell: 0 }, first)).toEqual({ ok: true, version: 2 });
    const clash = await vote(phone, { cell: 0 }, { version: 2 });
    expect(clash).toEqual({ ok: false, reason: 'conflict' });
    session.close();
  });

  test('R3 a seat that comes back finds its view and its standing ballot', async () => {
    const session = await room(0);
    const { seat } = await joinSeat(session.url, session.code);
    const phone = await connectSeat(session.url, seat);
    await goTo(session.host, 'myth', 'open');
    const view = await phone.until(({ round }) => round?.status === 'open');
    await vote(phone, { cell: 1 }, { version: 3 });
    phone.close();
    const again = await connectSeat(session.url, seat);
    expect(again.view()).toEqual({ ...view, now: again.view().now, counts: again.view().counts });
    expect(again.seat()).toEqual({ standing: { question: view.round?.question, version: 3 } });
    again.close();
    session.close();
  });

  test('ending tells every face, with a receipt, and nothing opens afterwards', async () => {
    const session = await room(2);
    const { seat } = await joinSeat(session.url, session.code);
    const reply: unknown = await session.host.socket
      .timeout(5000)
      .emitWithAck('end', { code: session.code });
    expect(reply).toMatchObject({ ok: true, receipt: { seats: 3 } });
    for (const face of session.others)
      await expect
        .poll(() => face.frames.find(({ event }) => event === 'ended')?.payload)
        .toMatchObject({ seats: 3 });
    await expect(connectSeat(session.url, seat)).rejects.toThrow('unknown-room');
    await expect(connectHost(session.url, session.host.view().code)).rejects.toThrow('malformed');
    session.close();
  });
});

/** What a tap changes for everybody else while a round is open: a count, later, and nothing more. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Choice } from '#core/round.ts';
import type { Counts } from '#protocol/views.ts';
import { ENGINES } from '../setup/engines.ts';
import { newNonce } from '../setup/room.ts';
import { startHeld, type HeldApp } from './held.ts';
import { connectLine, firstDifference } from './line.ts';
import { align, openRoom, playAll, type Act, type Answering, type Played } from './played.ts';

const TARGET = 2;
const marks = (mark: number) => new Array<number>(12).fill(mark);
const cell: Answering = (seat) => ({ cell: seat % 3 });
const joins = (count: number) => Array.from({ length: count }, (): Act => ({ on: 'join' }));
const ballot = (seat: number): Act => ({ on: 'ballot', seat });
const wait: Act = { on: 'wait' };
const open = (kind: string): Act[] => [...joins(6), { on: 'jump', kind }, { on: 'next' }];

describe.each(ENGINES)('on the %s', (name) => {
  let app: HeldApp;
  beforeAll(async () => {
    app = await startHeld(name);
  });
  afterAll(() => app.stop());

  /** Plays the same acts in two worlds and says where anybody's packets but the target's part. */
  async function parting(
    acts: readonly Act[],
    worlds: readonly Answering[],
    watchers = [0, 1, 3, 4, 5],
  ) {
    const rooms = await Promise.all(
      worlds.map((world) => openRoom(app, 'standard', world, watchers)),
    );
    // Not in the shadow of a beat that comes in any case.
    const fuss = acts.findIndex(({ on }) => on === 'own' || on === 'timer');
    await playAll(app, rooms, acts.slice(0, Math.max(0, fuss)));
    await align(app, rooms);
    await playAll(app, rooms, acts.slice(Math.max(0, fuss)));
    const [one, two] = rooms.map((room) => room.transcript());
    for (const room of rooms) room.close();
    return (adapt = (packets: string[]) => packets) =>
      ['host', 'screen', ...watchers.map((seat) => `seat ${seat}`)].flatMap((who) => {
        const difference = firstDifference(adapt(one![who]!), adapt(two![who]!));
        return difference === null ? [] : [`${who}: ${difference}`];
      });
  }

  const ANSWERS: [kind: string, one: Choice, other: Choice][] = [
    ['myth', { cell: 0 }, { cell: 2 }],
    ['tradeoff', { cell: 0 }, { cell: 4 }],
    ['poll', { cell: 1 }, { cell: 0 }],
    ['movement', { cell: 0 }, { cell: 2 }],
    ['assessment', { lean: 0, marks: marks(0) }, { lean: 4, marks: marks(2) }],
  ];
  test.each(ANSWERS)(
    'T3 DISC-6 until the close of a %s nothing that anybody gets depends on one person’s answer',
    async (kind, one, other) => {
      const all: Act[] = [0, 1, 2, 3, 4, 5].map(ballot);
      const acts = [
        ...open(kind),
        ...all,
        wait,
        ballot(TARGET),
        { on: 'timer', seconds: 60 } as const,
        { on: 'reload', seat: 4 } as const,
        wait,
      ];
      const world = (choice: Choice): Answering => {
        const others: Choice = 'cell' in choice ? { cell: 1 } : { lean: 1, marks: marks(1) };
        return (seat) => (seat === TARGET ? choice : others);
      };
      expect((await parting(acts, [world(one), world(other)]))()).toEqual([]);
    },
  );

  test('T3 one tap, and nothing for anybody else but the counts, on the next beat', async () => {
    const silent: Answering = (seat, question, nth) =>
      seat === TARGET ? null : cell(seat, question, nth);
    const acts = [...open('poll'), ballot(0), ballot(1), wait, ballot(TARGET), wait];
    const parts = await parting(acts, [cell, silent]);
    // It did arrive, and it shows nowhere but in the count.
    expect(parts()).toHaveLength(7);
    const blind = (packets: string[]) =>
      packets
        .filter((packet) => !packet.startsWith('message 2["tick"'))
        .map((packet) => packet.replaceAll(/"answered":\d+/g, '"answered":0'));
    expect(parts(blind)).toEqual([]);
  });

  test('T5 T6 a vote changed and changed back, sent twice, replayed, from a second tab: nobody can tell', async () => {
    const question = 'hard-poll';
    const fuss = async (room: Played, index: number) => {
      if (index === 1) return;
      const tab = await connectLine(app.url, 'participant', room.credential(TARGET));
      const first = { question, version: 1, nonce: newNonce(), choice: { cell: 0 } };
      const third = { question, version: 3, nonce: newNonce(), choice: { cell: 2 } };
      const send = (line: typeof tab, command: object) => line.ask('ballot', command);
      expect(await send(tab, { ...first, version: 2 })).toEqual({ ok: true, version: 2 });
      expect(await send(room.seat(TARGET), third)).toEqual({ ok: true, version: 3 });
      expect(await send(room.seat(TARGET), third)).toEqual({ ok: true, version: 3 });
      expect(await send(tab, first)).toEqual({ ok: true, version: 3 });
      const clash = await send(tab, { ...first, version: 3 });
      expect(clash).toEqual({ ok: false, reason: 'conflict' });
      tab.close();
    };
    const acts: Act[] = [
      ...open('poll'),
      ...[0, 1, TARGET, 3, 4].map(ballot),
      wait,
      { on: 'own', run: fuss },
      wait,
      { on: 'timer', seconds: 30 },
      {
        on: 'own',
        run: (room, index) =>
          index === 1 ? Promise.resolve() : room.act({ on: 'reload', seat: TARGET }, index),
      },
      wait,
    ];
    expect((await parting(acts, [cell, cell]))()).toEqual([]);
  });

  test('T7 one leaves between two rounds: what he answered shows nowhere, before or after', async () => {
    // The same is published in both worlds: who leaves has changed places with one who stays.
    const world =
      (leaver: number, stayer: number): Answering =>
      (seat, question) => {
        if (question !== 'myth-depth') return { cell: [0, 1, 2, 2, 3, 4][seat]! };
        return { cell: seat === TARGET ? leaver : seat === 3 ? stayer : [0, 0, 1, 1, 1, 2][seat]! };
      };
    const all: Act[] = [0, 1, 2, 3, 4, 5].map(ballot);
    const stayed = all.filter((_, seat) => seat !== TARGET);
    const shown: Act[] = [{ on: 'next' }, { on: 'next' }, wait];
    const acts: Act[] = [
      ...open('myth'),
      ...all,
      ...shown,
      { on: 'leave', seat: TARGET },
      ...Array.from({ length: 5 }, () => wait),
      { on: 'jump', kind: 'tradeoff' },
      { on: 'next' },
      ...stayed,
      ...shown,
      { on: 'jump', kind: 'myth' },
    ];
    const parts = await parting(acts, [world(0, 2), world(2, 0)], [0, 1, 4, 5]);
    expect(parts()).toEqual([]);
  });

  test('T10 DISC-6 DISC-10 counts: the same for all at all times, never twice in 5 s, and asking does not help', async () => {
    const [room] = await Promise.all([openRoom(app, 'standard', cell, [])]);
    const told: { at: number; counts: Counts }[] = [];
    room.host.socket.on('tick', ({ counts }) => told.push({ at: app.clock.now(), counts }));
    const everybody = (seats: number) => [
      room.host,
      room.screen,
      ...Array.from({ length: seats }, (_, seat) => room.seat(seat)),
    ];
    const look: Act = {
      on: 'own',
      run: async () => {
        const last = room.host.newest();
        for (const line of everybody(6)) {
          await line.fence();
          expect(line.newest()).toEqual(last);
          const { view } = await line.ask<{ view: { counts: Counts } }>('sync');
          expect(view.counts).toEqual(last);
        }
        const again = await connectLine(app.url, 'participant', room.credential(5));
        expect(again.view().counts).toEqual(last);
        again.close();
      },
    };
    const busy = [0, 1, 2, 3, 4, 1, 2, 0].flatMap((seat) => [ballot(seat), look]);
    await playAll(app, [room], [...open('poll'), wait, ...busy, wait, look]);
    expect(room.host.newest()).toEqual({ present: 6, seats: 6, answered: 5 });
    // Somebody who poses as several people is seen by everybody.
    await playAll(app, [room], [{ on: 'join' }, { on: 'join' }, wait, look]);
    expect(room.host.newest()).toEqual({ present: 8, seats: 8, answered: 5 });
    room.close();
    const gaps = told.slice(1).map(({ at }, index) => at - told[index]!.at);
    expect(told.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
  });
});

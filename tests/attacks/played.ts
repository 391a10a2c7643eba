/** Sessions played in lockstep on one held server: the same acts, other answers (T1, T3, T5). */
import type { Choice } from '#core/round.ts';
import type { Ack } from '#protocol/messages.ts';
import { seatIn } from '../setup/key.ts';
import { createSession, newNonce } from '../setup/room.ts';
import type { HeldApp } from './held.ts';
import { connectLine, type Line } from './line.ts';

/** One thing that happens in every world. `seat` is an index in the order of joining. */
export type Act =
  | { on: 'ballot' | 'reload' | 'leave'; seat: number }
  | { on: 'join' | 'next' | 'wait' }
  | { on: 'timer'; seconds: number }
  | { on: 'lock'; locked: boolean }
  /** Jumps to the first step of a kind. */
  | { on: 'jump'; kind: string }
  /** Anything else; it may differ from room to room. */
  | { on: 'own'; run: (room: Played, index: number) => Promise<unknown> };

/** @param nth which ballot of the seat in this question, from 1: also its version */
export type Answering = (seat: number, question: string, nth: number) => Choice | null;

export interface Played {
  /** @param index of this room among those that play together */
  act: (act: Act, index: number) => Promise<void>;
  /** Waits until the server has sent all that was caused. */
  quiet: () => Promise<void>;
  /** Everybody who watches asks for everything again, which is part of the transcript. */
  look: () => Promise<void>;
  /** What came over the lines so far: `host`, `screen`, and seats by index. */
  transcript: () => Record<string, string[]>;
  host: Line;
  screen: Line;
  sid: string;
  code: string;
  screenCredential: string;
  /** The seat's line; throws when it has none. */
  seat: (seat: number) => Line;
  credential: (seat: number) => string;
  close: () => void;
}

/** Enough time for everybody's allowance of commands to come back. */
const ACT_MS = 1_700;
const WAIT_MS = 7_000;
/** Between two beats that everybody hears. */
const SLOW_MS = 20_000;

/** @param watchers seats that look on beside host and screen: colluders */
export async function openRoom(
  app: HeldApp,
  policy: string,
  answering: Answering,
  watchers: readonly number[],
): Promise<Played> {
  const made = await createSession(app.url, { policy });
  const packets: Record<string, string[]> = { host: [], screen: [] };
  const sent = new Map<string, number>();
  const seats: { credential: string; line: Line | null }[] = [];
  const host = await connectLine(app.url, 'host', made.host, packets.host);
  const screen = await connectLine(app.url, 'screen', made.screen, packets.screen);

  async function join(): Promise<void> {
    const seat = seats.length;
    const own: string[] = (packets[`seat ${seat}`] = []);
    const line = await connectLine(app.url, 'participant', seatIn(made.code), own).catch(
      () => null,
    );
    seats.push({ credential: line?.credential ?? '', line });
  }

  async function reload(seat: number): Promise<void> {
    const person = seats[seat];
    if (!person?.credential) return;
    person.line?.close();
    person.line = await connectLine(
      app.url,
      'participant',
      person.credential,
      packets[`seat ${seat}`],
    );
  }

  async function ballot(seat: number): Promise<void> {
    const line = seats[seat]?.line;
    const question = line?.view().round?.question;
    if (!line || question === undefined) return;
    const version = (sent.get(`${seat} ${question}`) ?? 0) + 1;
    sent.set(`${seat} ${question}`, version);
    const choice = answering(seat, question, version);
    if (choice === null) return;
    await line.ask('ballot', { question, version, nonce: newNonce(), choice });
  }

  async function press(to: unknown): Promise<void> {
    const { cursor } = host.view();
    if (to) await host.ask<Ack>('command', { do: 'move', from: cursor, to, confirm: true });
  }

  async function act(act: Act, index: number): Promise<void> {
    switch (act.on) {
      case 'join':
        return join();
      case 'reload':
        return reload(act.seat);
      case 'leave':
        seats[act.seat]?.line?.close();
        if (seats[act.seat]) seats[act.seat]!.line = null;
        return;
      case 'ballot':
        return ballot(act.seat);
      case 'next':
        return press(host.view().next);
      case 'jump':
        return press(host.view().agenda.find(({ kind }) => kind === act.kind)?.landing);
      case 'timer':
        return void (await host.ask('command', { do: 'timer', seconds: act.seconds }));
      case 'lock':
        return void (await host.ask('command', { do: 'lock', locked: act.locked }));
      case 'own':
        return void (await act.run(played, index));
      case 'wait':
        return;
    }
  }

  /** A beat, the longest of what the server begins by itself, asks the store so many times in a row. */
  async function quiet(): Promise<void> {
    for (let times = 0; times < 4; times++) await host.fence();
  }

  async function look(): Promise<void> {
    const theirs = watchers.map((seat) => seats[seat]?.line ?? []).flat();
    await Promise.all([host, screen, ...theirs].map((line) => line.ask('sync')));
  }

  /** What is random, of one length, and known to each by its own right: not part of a comparison. */
  function normalised(packet: string): string {
    return packet
      .replaceAll(made.code, 'CODE')
      .replaceAll(/(join\/CODE#)[\w-]{22}/g, '$1QR')
      .replaceAll(/"sid":"[\w-]{20}"/g, '"sid":"…"')
      .replaceAll(/"seat":"[\w-]{22}\.[\w-]{43}"/g, '"seat":"…"');
  }

  const played: Played = {
    act,
    quiet,
    look,
    transcript: () =>
      Object.fromEntries(Object.entries(packets).map(([who, own]) => [who, own.map(normalised)])),
    host,
    screen,
    sid: made.host.split('.')[0] ?? '',
    code: made.code,
    screenCredential: made.screen,
    seat: (seat) => seats[seat]?.line ?? fail(`seat ${seat} has no line`),
    credential: (seat) => seats[seat]?.credential ?? fail(`there is no seat ${seat}`),
    close: () => [host, screen, ...seats.map(({ line }) => line)].forEach((line) => line?.close()),
  };
  return played;
}

/** Moves on until just after a beat of the counts that everybody hears; the next three are not such. */
export async function align(app: HeldApp, rooms: readonly Played[]): Promise<void> {
  await pass(app, rooms, SLOW_MS - (app.clock.now() % SLOW_MS) + 100);
}

async function pass(app: HeldApp, rooms: readonly Played[], ms: number): Promise<void> {
  let left = ms;
  do {
    left = app.clock.step(left);
    await Promise.all(rooms.map((room) => room.quiet()));
  } while (left > 0);
}

/** Lets the same happen in all rooms, one act after the other, and time pass between them. */
export async function playAll(
  app: HeldApp,
  rooms: readonly Played[],
  acts: readonly Act[],
): Promise<void> {
  for (const act of acts) {
    await Promise.all(rooms.map((room, index) => room.act(act, index)));
    await Promise.all(rooms.map((room) => room.quiet()));
    await pass(app, rooms, act.on === 'wait' ? WAIT_MS : ACT_MS);
    await Promise.all(rooms.map((room) => room.look()));
  }
}

function fail(what: string): never {
  throw new Error(what);
}

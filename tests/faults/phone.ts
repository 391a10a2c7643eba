/**
 * A phone on a bad line. What it sends, believes and may say of its ballot are the product's own
 * decisions (`$lib/seat/ballot.ts`); the line drops acks, doubles ballots and brings old ones late.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type {
  Ack,
  BallotCommand,
  ClientEvents,
  SeatState,
  ServerEvents,
} from '#protocol/messages.ts';
import type { ParticipantView, View } from '#protocol/views.ts';
import { PLACE, placeOf, PROTOCOL } from '#protocol/wire.ts';
import {
  answered,
  decide,
  due,
  heardRound,
  heardStanding,
  leaving,
  owesAnAnswer,
  stateOf,
  type Ballot,
  type BallotAck,
  type BallotState,
} from '../../src/lib/seat/ballot.ts';
import { newNonce } from '../setup/room.ts';
import { NO_MISCHIEF, type PhoneOptions } from './mischief.ts';

export interface FaultyPhone {
  credential: string;
  /** Chooses to send, a first answer or a change of mind; nothing when the round is not open. */
  answer: (question: string, cell: number) => void;
  /** What it may say of its ballot (R4); null: none. */
  state: () => BallotState | null;
  /** Everything it has ever shown as counted: version and cell (R1). */
  claims: ReadonlyMap<number, number>;
  /** What it chose under each version, counted or not. */
  chosen: ReadonlyMap<number, number>;
  /** The newest view of any line. */
  view: () => ParticipantView | null;
  /** Connections that were served, and lines that are up now. */
  welcomes: () => number;
  linesUp: () => number;
  /** The room is gone, as a face hears it. */
  ended: () => boolean;
  refusals: readonly string[];
  /** The version that the store has of it, by the store; 0: none, or nobody answers. */
  standing: () => Promise<number>;
  /** Loses a line in the middle of whatever it does. */
  cut: (line: number) => void;
  close: () => void;
}

type Line = Socket<ServerEvents, ClientEvents>;
const ANSWER_MS = 2_500;

export function openPhone(options: PhoneOptions): FaultyPhone {
  const { urls, credential, mischief = NO_MISCHIEF, mishap = () => undefined } = options;
  const claims = new Map<number, number>();
  const chosen = new Map<number, number>();
  const refusals: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let ballot: Ballot | null = null;
  let view: ParticipantView | null = null;
  let welcomes = 0;
  let busy = false;
  let over = false;
  let ended = false;

  const lines = urls.map(line);
  const up = () => lines.filter(({ connected }) => connected);

  function change(next: (ballot: Ballot) => Ballot): void {
    if (!ballot) return;
    ballot = next(ballot);
    const state = stateOf(ballot, true);
    // Of a version that another device made this phone does not know the answer, and says so.
    const cell = state.is === 'counted' ? chosen.get(state.version) : undefined;
    if (state.is === 'counted' && cell !== undefined) claims.set(state.version, cell);
  }

  function hear(newest: ParticipantView, told: SeatState | null): void {
    if (view?.epoch === newest.epoch && view.revision > newest.revision) return;
    const closes = newest.round?.status === 'closed' && view?.round?.status === 'open';
    view = newest;
    const { round } = newest;
    change((held) => heardRound(held, round));
    if (closes && ballot && owesAnAnswer(ballot))
      up()
        .slice(0, 1)
        .forEach((some) => void ask(some));
    const standing = told?.standing;
    if (told && round && round.status !== 'ready' && round.question === ballot?.question)
      if (!standing || standing.question === round.question)
        change((held) => heardStanding(held, standing?.version ?? 0, round.status === 'closed'));
    void flush();
  }

  async function ask(from: Line): Promise<SeatState | null> {
    const reply = await askedOf<Ack<{ view: View; seat: SeatState | null }>>(
      from.timeout(ANSWER_MS).emitWithAck('sync'),
    );
    if (!reply?.ok) return null;
    hear(reply.view as ParticipantView, reply.seat);
    return reply.seat;
  }

  function line(url: string): Line {
    const socket: Line = io(url, {
      auth: { protocol: PROTOCOL, role: 'participant', credential },
      query: { [PLACE]: placeOf(credential) },
      transports: options.transports ?? ['websocket'],
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 2_500,
      randomizationFactor: 0.7,
      timeout: 5_000,
    });
    const again = () => later(() => socket.connect(), 500 + Math.random() * 1_500);
    socket.on('welcome', (newest, told) => {
      welcomes++;
      hear(newest as ParticipantView, told);
    });
    socket.on('view', (newest) => {
      const gone = view !== null && view.epoch !== newest.epoch;
      hear(newest as ParticipantView, null);
      if (gone) void ask(socket);
    });
    socket.on('tick', ({ epoch, revision }) => {
      if (view?.epoch !== epoch || view.revision < revision) void ask(socket);
    });
    socket.on('ended', () => {
      ended = true;
      socket.disconnect();
    });
    socket.on('disconnect', (why) => {
      if (why === 'io server disconnect' && !over && !ended) again();
    });
    socket.on('connect_error', (error) => {
      const reason = (error as Error & { data?: { reason?: string } }).data?.reason;
      if (reason === undefined) return;
      refusals.push(reason);
      if (reason === 'unknown-room') ended = true;
      else if (reason === 'try-again' && !over) again();
    });
    return socket;
  }

  function later(task: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!over) task();
    }, ms);
    timers.add(timer);
  }

  /** One way there and back; what the line does on it is not the phone's to know. */
  async function send(command: BallotCommand): Promise<BallotAck> {
    const ways = up();
    const way = ways[Math.floor(Math.random() * ways.length)];
    if (!way) return { ok: false, reason: 'try-again' };
    const emit = (by: Line | undefined) =>
      askedOf<BallotAck>(by?.timeout(ANSWER_MS).emitWithAck('ballot', command));
    const late = mischief.late();
    if (late !== null) {
      mishap('ballot late');
      later(() => void emit(up()[0]), late);
    }
    const first = emit(way);
    if (mischief.double()) {
      mishap('ballot doubled');
      void emit(ways.at(-1));
    }
    const reply = await first;
    if (reply && mischief.dropAck()) {
      mishap('ack dropped');
      return { ok: false, reason: 'try-again' };
    }
    return reply ?? { ok: false, reason: 'try-again' };
  }

  const next = () => (ballot && up().length > 0 ? due(ballot, view?.round ?? null) : null);

  async function flush(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let command = next(); command && !over; command = next()) {
      const going = command;
      change((held) => leaving(held, going));
      const reply = await send(going);
      change((held) => answered(held, going, reply, newNonce()));
      if (ballot) chosen.set(ballot.version, cellOf(ballot));
      if (reply.ok) continue;
      if (reply.reason === 'round-closed') {
        const [some] = up();
        if (some) void ask(some);
      }
      if (reply.reason === 'try-again' || reply.reason === 'slow-down')
        await sleep(mischief.pause());
    }
    busy = false;
  }

  return {
    credential,
    answer: (question, cell) => {
      if (view?.round?.status !== 'open') return;
      const [choice, fresh] = [{ cell }, newNonce()];
      ballot = decide(ballot ?? undefined, { question, title: '', choice, words: [] }, true, fresh);
      chosen.set(ballot.version, cell);
      void flush();
    },
    state: () => ballot && stateOf(ballot, up().length > 0),
    claims,
    chosen,
    view: () => view,
    welcomes: () => welcomes,
    linesUp: () => up().length,
    ended: () => ended,
    refusals,
    standing: async () => {
      const [some] = up();
      return (some && (await ask(some))?.standing?.version) ?? 0;
    },
    cut: (at) => {
      mishap('line cut');
      lines[at % lines.length]?.io.engine?.close();
    },
    close: () => {
      over = true;
      timers.forEach((timer) => clearTimeout(timer));
      lines.forEach((each) => each.close());
    },
  };
}

function cellOf({ choice }: Ballot): number {
  return 'cell' in choice ? choice.cell : -1;
}

/** @returns null when no answer came */
async function askedOf<T>(answer: Promise<T> | undefined): Promise<T | null> {
  return answer?.catch(() => null) ?? null;
}

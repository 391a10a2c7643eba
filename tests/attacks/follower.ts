/**
 * A face that behaves as the product's own: keeps the newest view, asks again when a tick says that it
 * is behind, offers what was not counted; and remembers every release it was ever shown.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Choice, Release } from '#core/round.ts';
import type { Ack, SeatState } from '#protocol/messages.ts';
import type { HostView, View } from '#protocol/views.ts';
import type { Ballot, BallotState } from '$lib/seat/ballot.ts';
import { Outbox } from '$lib/seat/outbox.svelte.ts';
import type { Seat } from '$lib/seat/seat.svelte.ts';
import type { Face } from '../setup/room.ts';

export interface Follower {
  view: () => HostView;
  /** Everything published that it has seen: question and outcome, as JSON. */
  seen: Set<string>;
  /** What the server says stands for this seat, as of the last welcome or sync. */
  standing: () => SeatState['standing'];
  /** How often it was welcomed: connections that were served. */
  welcomes: () => number;
  /** Asks for everything again; quiet when nobody answers. */
  sync: () => Promise<void>;
  until: (what: string, test: (view: HostView) => boolean) => Promise<void>;
  close: () => void;
}

export interface Phone extends Follower {
  /** Chooses to send; goes out again until the server has answered. */
  send: (question: string, choice: Choice) => void;
  state: (question: string) => BallotState | null;
}

const PATIENCE_MS = 15_000;

interface Told {
  view: View;
  seat: SeatState | null;
}

export function follow<V extends View>(
  face: Face<V>,
  hear: (told: Told) => void = () => undefined,
): Follower {
  const { socket } = face;
  const seen = new Set<string>();
  let newest: View = face.view();
  let standing: SeatState['standing'] = face.seat()?.standing ?? null;

  function take(view: View, seat: SeatState | null): void {
    newest = view;
    if (seat) ({ standing } = seat);
    releasesIn(view, seen);
    hear({ view, seat });
  }
  async function sync(): Promise<void> {
    const answer: unknown = await socket
      .timeout(3_000)
      .emitWithAck('sync')
      .catch(() => ({ ok: false, reason: 'try-again' }));
    const reply = answer as Ack<Told>;
    if (reply.ok) take(reply.view, reply.seat);
  }
  let welcomes = 0;
  take(newest, face.seat());
  socket.on('welcome', (view, seat) => {
    welcomes++;
    take(view, seat);
  });
  socket.on('view', (view) => {
    if (view.epoch !== newest.epoch || view.revision >= newest.revision) take(view, null);
  });
  socket.on('tick', ({ epoch, revision }) => {
    if (epoch !== newest.epoch || revision > newest.revision) void sync();
  });

  return {
    view: () => newest as HostView,
    seen,
    standing: () => standing,
    welcomes: () => welcomes,
    sync,
    until: async (what, test) => {
      const latest = performance.now() + PATIENCE_MS;
      while (!test(newest as HostView)) {
        if (performance.now() > latest)
          throw new Error(`${what}: in vain; ${JSON.stringify([newest.cursor, newest.round])}`);
        await sleep(20);
      }
    },
    close: face.close,
  };
}

/** A participant's face with the outbox of the product, and memory in place of a phone's storage. */
export function followWithPhone<V extends View>(face: Face<V>): Phone {
  const ballots: Record<string, Ballot> = {};
  const memory: Pick<Seat, 'ballot' | 'changeBallot'> & { record: unknown } = {
    record: { ballots },
    ballot: (question) => ballots[question],
    changeBallot: (question, change) => {
      const after = change(ballots[question]);
      if (after) ballots[question] = after;
    },
  };
  const { socket } = face;
  const outbox: Outbox = new Outbox(
    memory as unknown as Seat,
    (ballot) =>
      socket
        .timeout(3_000)
        .emitWithAck('ballot', ballot)
        .catch(() => ({ ok: false, reason: 'try-again' }) as const),
    () => void follower.sync(),
  );
  const follower = follow(face, ({ view, seat }) => {
    outbox.connected(socket.connected);
    outbox.heardRound(view.round);
    if (!seat || !view.round) return;
    if (seat.standing === null) outbox.heardStanding(0);
    else if (seat.standing.question === view.round.question)
      outbox.heardStanding(seat.standing.version);
  });
  socket.on('disconnect', () => outbox.connected(false));
  return {
    ...follower,
    send: (question, choice) => outbox.send({ question, title: '', choice, words: [] }),
    state: (question) => outbox.state(question),
    close: () => {
      outbox.close();
      face.close();
    },
  };
}

function releasesIn(view: View, into: Set<string>): void {
  const { slide } = view;
  const own = 'release' in slide ? slide.release : null;
  const looked = view.audience === 'host' ? view.release : null;
  for (const release of [own, looked] as (Release | null)[])
    if (release) into.add(JSON.stringify({ question: release.question, main: release.main }));
}

/**
 * A session in the making: reads its snapshot, applies commands, counts ballots, settles closed
 * rounds. Knows no sockets; one per server, shared by all rooms.
 */
import { hash } from 'node:crypto';
import { apply, openQuestion, type Transition } from '#core/session.ts';
import { fits } from '#core/round.ts';
import type { Ack, BallotCommand, HostCommand, SeatState } from '#protocol/messages.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { OnPoint } from './points.ts';
import type { Sealer } from './seal.ts';
import type { Rooms } from './rooms.ts';
import { createSettling } from './settling.ts';
import { gathered } from './store/gathered.ts';
import type { Loaded, Store } from './store/store.ts';
import type { Snapshot } from './views.ts';

/** How often a command is tried again when another node changed the session in between. */
const TRIES = 5;

/** `epoch`: of the store when it was still to be changed. */
export interface Changed extends Loaded {
  epoch: string;
}

export interface Live {
  /**
   * Everything a view is made of, with every closed round settled; null when the session has ended.
   * @param changed what a command has just left, so that nothing is read again
   */
  snapshot: (sid: string, changed?: Changed) => Promise<Snapshot | null>;
  /** The same, read once for all who ask meanwhile: a crowd that comes back at once. */
  sharedSnapshot: (sid: string) => Promise<Snapshot | null>;
  /**
   * @param by hash of the host's key; nothing is changed with one that was taken away (S3)
   * @returns `changed`: only when the room has something new to see
   */
  command: (sid: string, by: string, command: HostCommand) => Promise<Ack & { changed?: Changed }>;
  ballot: (sid: string, seat: string, command: BallotCommand) => Promise<Ack<{ version: number }>>;
  /** What is private to a seat: the version that stands for the present step's question. */
  seatState: (sid: string, seat: string, snapshot: Snapshot) => Promise<SeatState>;
  /** Drops what is kept in memory of a session that this node no longer serves. */
  forget: (sid: string) => void;
}

interface Deps {
  store: Store;
  rooms: Rooms;
  sealer: Sealer;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  onPoint: OnPoint;
}

export function createLive(deps: Deps): Live {
  const { store, rooms, sealer, clock, onPoint } = deps;
  const settling = createSettling(deps);

  async function snapshot(sid: string, changed?: Changed): Promise<Snapshot | null> {
    const epoch = changed?.epoch ?? store.epoch();
    const room = await rooms.get(sid);
    const loaded = changed ?? (await store.load(sid));
    if (!room || !loaded) {
      forget(sid);
      return null;
    }
    const { state, counts } = loaded;
    const releases = await settling.releases(sid, state.rounds, loaded.releases);
    // Read from a run of the store that is gone: what was read may have gone with it (DISC-5).
    if (store.epoch() !== epoch) return snapshot(sid);
    const { workshop, translations, agenda, code, joinUrl, policy, operator } = room;
    return {
      epoch,
      code,
      joinUrl: joinUrl(),
      policy,
      operator,
      rehearsal: room.rehearsal,
      maxSeats: room.maxSeats,
      workshop,
      translations,
      agenda,
      state,
      releases,
      counts,
    };
  }

  const sharedSnapshot = gathered<null, Snapshot | null>(async (sid, asking) => {
    const all = await snapshot(sid);
    return asking.map(() => all);
    // Settling a large round may take longer than one command.
  }, null);

  async function command(
    sid: string,
    by: string,
    request: HostCommand,
  ): Promise<Ack & { changed?: Changed }> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const epoch = store.epoch();
      const room = await rooms.get(sid);
      const loaded = await store.load(sid);
      if (!room || !loaded) return { ok: false, reason: 'unknown-room' };
      const { state, counts } = loaded;
      const transition = apply(room.agenda, state, request, clock.now());
      if (transition.result === 'refused') return { ok: false, reason: transition.reason };
      if (transition.result === 'unchanged') return { ok: true };
      const { minimum } = room.policy;
      if (needsConfirming(request, transition, counts, minimum))
        return { ok: false, reason: 'confirm-close' };
      const { effect } = transition;
      await onPoint('before-commit', sid);
      const done = await store.commit(sid, by, state.revision, transition.state, effect);
      if (done === 'gone') return { ok: false, reason: 'unknown-room' };
      if (done === 'revoked') return { ok: false, reason: done };
      if (done !== 'stale') {
        await onPoint('committed', sid);
        return { ok: true, changed: { ...done, epoch } };
      }
    }
    return { ok: false, reason: 'try-again' };
  }

  async function ballot(
    sid: string,
    seat: string,
    request: BallotCommand,
  ): Promise<Ack<{ version: number }>> {
    const room = await rooms.get(sid);
    if (!room) return { ok: false, reason: 'unknown-room' };
    const { question, version, nonce, choice } = request;
    const round = room.rounds.get(question);
    if (!round || !fits(round, choice)) return { ok: false, reason: 'malformed' };
    const sealed = sealer.seal(choice, { sid, question, seat, version });
    const nonceHash = hash('sha256', nonce, 'base64url');
    const reply = await store.ballot(sid, seat, { question, version, nonceHash, sealed });
    switch (reply.result) {
      case 'counted':
      case 'stale':
        return { ok: true, version: reply.version };
      case 'conflict':
        return { ok: false, reason: 'conflict' };
      case 'round-closed':
        return { ok: false, reason: 'round-closed' };
    }
  }

  async function seatState(sid: string, seat: string, at: Snapshot): Promise<SeatState> {
    const question =
      openQuestion(at.state.rounds) ??
      at.agenda.find(({ id }) => id === at.state.cursor.step)?.question ??
      null;
    if (question === null || at.state.rounds[question] === undefined) return { standing: null };
    const version = await store.standing(sid, seat, question);
    return { standing: version === null ? null : { question, version } };
  }

  function forget(sid: string): void {
    rooms.forget(sid);
    settling.forget(sid);
  }

  return {
    snapshot,
    sharedSnapshot: (sid) => sharedSnapshot(sid, null),
    command,
    ballot,
    seatState,
    forget,
  };
}

/**
 * Closing asks once more while fewer have answered than are present, or than the minimum (DISC-5).
 * It goes by the counts everybody sees, so that trying to close tells nothing new (DISC-6).
 */
function needsConfirming(
  request: HostCommand,
  transition: Transition,
  counts: { present: number; answered: number | null },
  minimum: number,
): boolean {
  if (request.do !== 'move' || request.confirm) return false;
  if (transition.result !== 'changed' || transition.effect?.round !== 'closes') return false;
  const answered = counts.answered ?? 0;
  return answered < counts.present || answered < minimum;
}

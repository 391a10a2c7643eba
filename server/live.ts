/**
 * A session in the making: reads its snapshot, counts ballots, settles closed
 * rounds. Knows no sockets; one per server, shared by all rooms.
 */
import { hash } from 'node:crypto';
import { openQuestion } from '#core/session.ts';
import { fits } from '#core/round.ts';
import type { Ack, BallotCommand, SeatState } from '#protocol/messages.ts';
import type { Clock } from './clock.ts';
import { createCommands, type Changed, type Commands } from './commands.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { OnPoint } from './points.ts';
import type { Sealer } from './seal.ts';
import type { Rooms } from './rooms.ts';
import { createSettling } from './settling.ts';
import { gathered } from './store/gathered.ts';
import type { Store } from './store/store.ts';
import type { Snapshot } from './views.ts';

export interface Live extends Commands {
  /**
   * Everything a view is made of, with every closed round settled; null when the session has ended.
   * @param changed what a command has just left, so that nothing is read again
   */
  snapshot: (sid: string, changed?: Changed) => Promise<Snapshot | null>;
  /** The same, read once for all who ask meanwhile: a crowd that comes back at once. */
  sharedSnapshot: (sid: string) => Promise<Snapshot | null>;
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
  const { store, rooms, sealer } = deps;
  const settling = createSettling(deps);
  const commands = createCommands(deps);

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
    commands.forget(sid);
  }

  return {
    snapshot,
    sharedSnapshot: (sid) => sharedSnapshot(sid, null),
    command: commands.command,
    ballot,
    seatState,
    forget,
  };
}

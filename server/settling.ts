/**
 * From a closed round to a release that may be shown: opened, tallied, disclosed and stored once, and
 * safely on disk before anybody sees it (DISC-5).
 */
import { publish, type Release } from '#core/round.ts';
import type { SessionState } from '#core/session.ts';
import type { Clock } from './clock.ts';
import { mapInTurns } from './in-turns.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { OnPoint } from './points.ts';
import type { Rooms } from './rooms.ts';
import type { Sealer } from './seal.ts';
import { StoreUnavailable, type Store } from './store/store.ts';

/** A round that cannot be opened is tried again after this, not by every phone that comes back. */
const STUCK_MS = 10_000;
const MOST_STUCK = 1_000;

export interface Settling {
  /**
   * The releases of all closed rounds. A round whose ballots cannot be opened (the server's secret is
   * another one) has none until the secret is back: nothing is lost, and the room can go on.
   * @throws StoreUnavailable
   */
  releases: (
    sid: string,
    rounds: SessionState['rounds'],
    stored: ReadonlyMap<string, Release>,
  ) => Promise<ReadonlyMap<string, Release>>;
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

export function createSettling(deps: Deps): Settling {
  const { store, rooms, sealer, clock, metrics, log, onPoint } = deps;
  /** Questions whose release is known to be on disk, by session. */
  const durable = new Map<string, Set<string>>();
  /** Rounds that could not be opened, and until when nobody tries again (ms since 1970). */
  const stuck = new Map<string, number>();

  /** Deterministic: whichever node comes first, or takes over after a crash, stores the same release (T4). */
  async function settle(sid: string, question: string): Promise<Release> {
    const room = await rooms.get(sid);
    const round = room?.rounds.get(question);
    if (!room || !round) throw new RangeError('a closed round that the workshop does not have');
    const sealed = await store.sealedBallots(sid, question);
    await onPoint('ballots-read', sid);
    const choices = await mapInTurns(sealed, (ballot) =>
      sealer.open(ballot.sealed, { sid, question, ...ballot }),
    );
    const release = publish(round, choices, room.policy);
    await onPoint('release-computed', sid);
    const standing = await store.settle(sid, question, release);
    await onPoint('release-stored', sid);
    if (sealed.length > 0) {
      metrics.releases.inc();
      metrics.ballots.inc(sealed.length);
    }
    return standing;
  }

  async function makeDurable(sid: string, questions: string[]): Promise<void> {
    const known = durable.get(sid) ?? new Set<string>();
    const fresh = questions.filter((question) => !known.has(question));
    if (fresh.length === 0) return;
    const epoch = store.epoch();
    await store.durable();
    await onPoint('made-durable', sid);
    if (store.epoch() !== epoch) return;
    for (const question of fresh) known.add(question);
    durable.set(sid, known);
  }

  return {
    releases: async (sid, rounds, stored) => {
      const epoch = store.epoch();
      const releases = new Map(stored);
      for (const [question, status] of Object.entries(rounds)) {
        if (status !== 'closed' || releases.has(question)) continue;
        const name = `${sid} ${question}`;
        if ((stuck.get(name) ?? 0) > clock.now()) continue;
        try {
          releases.set(question, await settle(sid, question));
        } catch (error) {
          if (error instanceof StoreUnavailable) throw error;
          // The store went back in time: the round is open again, and nothing is wrong with its ballots.
          if (store.epoch() !== epoch) return stored;
          log.fault('settle', error, sid);
          if (stuck.size >= MOST_STUCK) stuck.clear();
          stuck.set(name, clock.now() + STUCK_MS);
        }
      }
      await makeDurable(sid, [...releases.keys()]);
      return releases;
    },
    forget: (sid) => {
      durable.delete(sid);
    },
  };
}

/** Rounds in the store: ballots while one is open, and what is left of them when it is settled. */
import type { Release } from '#core/round.ts';
import type { StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { gathered } from './gathered.ts';
import { keysOf } from './keys.ts';
import { pairs, strings } from './replies.ts';
import { StoreUnavailable, type BallotReply, type Store } from './store.ts';

type Ballots = Pick<Store, 'ballot' | 'sealedBallots' | 'settle' | 'standing'>;

/** A ballot at rest: eight digits of version, the nonce's hash, the sealed ballot: one length for all. */
const VERSION_DIGITS = 8;

/**
 * Nobody sees such a wait, and at a hundred a second four share what waking, writing and asking whether it
 * is written cost.
 */
const EVERY_MS = 40;

interface Taken {
  seat: string;
  version: number;
  nonceHash: string;
  sealed: string;
}

export function ballotsIn({ script, command }: StoreClient, disk: Disk): Ballots {
  const take = gathered<Taken, BallotReply>(
    async (key, ballots) => {
      const [sid = '', question = ''] = key.split(' ');
      const keys = keysOf(sid);
      const reply = await disk.changing(
        sid,
        script(
          'ballot',
          [keys.state, keys.ballots(question), keys.names, keys.counted(question)],
          [
            question,
            `ballots:${question}`,
            ...ballots.flatMap(({ seat, version, nonceHash, sealed }) => [
              seat,
              version,
              nonceHash,
              sealed,
            ]),
          ],
        ),
      );
      if (!Array.isArray(reply)) throw new StoreUnavailable('there is no such session now');
      // Only now is anybody told: what Redis has answered may still be in its memory alone (R1).
      await disk.written();
      return ballots.map((_, index) => {
        const [result, version] = reply.slice(2 * index, 2 * index + 2);
        return (
          result === 'counted' || result === 'stale' ? { result, version } : { result }
        ) as BallotReply;
      });
    },
    undefined,
    EVERY_MS,
  );

  const standing = gathered<string, number | null>(async (key, seats) => {
    const [sid = '', question = ''] = key.split(' ');
    const keys = keysOf(sid);
    const [ballots, counted] = await Promise.all([
      command('HMGET', keys.ballots(question), ...seats),
      command('ZMSCORE', keys.counted(question), ...seats),
    ]);
    const counts = strings(counted);
    return strings(ballots).map((ballot, at) => {
      if (ballot !== null) return Number(ballot.slice(0, VERSION_DIGITS));
      const version = counts[at] ?? null;
      return version === null ? null : Number(version);
    });
  });

  return {
    ballot: (sid, seat, { question, ...ballot }) => take(`${sid} ${question}`, { seat, ...ballot }),

    sealedBallots: async (sid, question) => {
      const keys = keysOf(sid);
      const reply = await script('sealed', [keys.state, keys.ballots(question)], [question]);
      return pairs(reply).map(([seat, record]) => ({
        seat,
        version: Number(record.slice(0, VERSION_DIGITS)),
        sealed: record.slice(record.lastIndexOf('|') + 1),
      }));
    },

    settle: async (sid, question, release) => {
      const keys = keysOf(sid);
      const standing = await disk.changing(
        sid,
        script(
          'settle',
          [keys.state, keys.releases, keys.ballots(question), keys.counted(question), keys.names],
          [question, JSON.stringify(release), `counted:${question}`],
        ),
      );
      if (typeof standing !== 'string') throw new StoreUnavailable('the session has ended');
      disk.rewrite();
      return JSON.parse(standing) as Release;
    },

    standing: (sid, seat, question) => standing(`${sid} ${question}`, seat),
  };
}

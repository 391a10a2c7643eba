/** The store on Redis commands: one implementation for a real server and for the embedded engine. */
import type { Release } from '#core/round.ts';
import { initialState, type SessionState } from '#core/session.ts';
import { agendaOf } from '#slides/kinds.ts';
import { accessIn } from './access.ts';
import { ballotsIn } from './ballots.ts';
import type { Reply, StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { keysOf, LIVE_KEY, PROBE_KEY } from './keys.ts';
import { gathered } from './gathered.ts';
import { admit, find, forget, publish, shorten, type Ways } from './lookups.ts';
import { presenceIn } from './presence.ts';
import { countsOf, pairs, strings } from './replies.ts';
import {
  StoreUnavailable,
  type JoinResult,
  type Loaded,
  type SessionMeta,
  type Store,
} from './store.ts';
import { hashOf, newCode, newToken } from './tokens.ts';

/** A prepared session lives this long; one that somebody joined at most a day from then. */
const PREPARED_MS = 30 * 24 * 3_600_000;
/** A session in the making holds its place this long: one that is not finished must not fill the server. */
const MAKING_MS = 60_000;
const JOINED_MS = 24 * 3_600_000;
const END_TRIES = 3;
/** Seats asked for within this time are given by one command; nobody sees such a wait. */
const EVERY_MS = 10;
const MOST_SHORTENED = 1_000;
/** What the state of a session that an older node made may lack (R5). */
const ADDED_LATER: Partial<SessionState> = { curtain: null, extra: 0 };
/** The end of a life is rounded down to this, so that it does not tell when the first person came. */
const EXPIRY_GRAIN_MS = 15 * 60_000;

export function createStore(client: StoreClient, disk: Disk): Store {
  const { script, command } = client;

  /** What a seat opens; everybody who comes back at once asks in one go. */
  const seatIn = gathered<string, 'seat' | 'unknown-room' | 'not-allowed'>(async (sid, hashes) => {
    const keys = keysOf(sid);
    const [alive, scores] = await Promise.all([
      command('EXISTS', keys.meta),
      command('ZMSCORE', keys.seats, ...hashes),
    ]);
    if (alive !== 1) return hashes.map(() => 'unknown-room');
    return hashes.map((_, at) =>
      Array.isArray(scores) && typeof scores[at] === 'string' ? 'seat' : 'not-allowed',
    );
  }, null);

  /**
   * What this node last said of a session's shorter life, and so of what leads to it: when it ends (ms
   * since 1970), and to which run of the store: another one may have forgotten it.
   */
  const shortened = new Map<string, string>();

  /** Said by each node, and again with every slow beat: a node may have died right after the first join. */
  async function shortenOnce(ways: Ways, now: number): Promise<void> {
    const saying = `${client.epoch()} ${ways.expires}`;
    if (shortened.get(ways.sid) === saying) return;
    await shorten(client, ways, now);
    if (shortened.size >= MOST_SHORTENED) shortened.clear();
    shortened.set(ways.sid, saying);
  }

  /** Seats that are asked for at once are given together. */
  const take = gathered<{ seat: string; now: number }, JoinResult>(
    async (key, asking) => {
      const [sid = '', maxSeats = ''] = key.split(' ');
      const { state, seats, meta, releases } = keysOf(sid);
      const [{ now } = { now: Date.now() }] = asking;
      const latest = now + JOINED_MS - ((now + JOINED_MS) % EXPIRY_GRAIN_MS);
      const args = [maxSeats, latest, ...asking.map(({ seat }) => seat)];
      const asked = script('join', [state, seats, meta, releases], args);
      const reply = await disk.changing(sid, asked);
      if (!Array.isArray(reply)) return asking.map(() => 'unknown-room');
      const [expires, code, qr, ...results] = strings(reply) as [...Three, ...JoinResult[]];
      if (results.some((result) => result === 'joined' || result === 'already'))
        await Promise.all([
          shortenOnce({ sid, code, qr, expires: Number(expires) }, now),
          // A seat that a phone holds is not forgotten by a crash in the next second.
          disk.kept(),
        ]);
      return results;
    },
    null,
    EVERY_MS,
  );

  /** @returns seats ever given, null when there was nothing */
  async function remove(sid: string): Promise<number | null> {
    const keys = keysOf(sid);
    const [code, qr] = strings(await command('HMGET', keys.meta, 'code', 'qr'));
    if (!code || !qr) return null;
    await forget(client, { sid, code, qr });
    const { meta, state, seats, releases, names, nodes } = keys;
    const all = [meta, state, seats, releases, names, nodes];
    const given = await disk.changing(sid, script('end', all, [keys.prefix]));
    disk.rewrite();
    await disk.durable();
    return given === null ? null : Number(given);
  }

  return {
    createSession: async ({ maxSessions, ...input }, now) => {
      const [sid, qr, hostToken, screenToken] = [16, 16, 32, 32].map(newToken) as Four;
      const expires = now + PREPARED_MS;
      if (!(await admit(client, { sid, expires: now + MAKING_MS }, maxSessions, now))) return null;
      const state = initialState(agendaOf(input.workshop.steps), now);
      const { meta, state: stateKey } = keysOf(sid);
      let code: string;
      try {
        do {
          code = newCode();
          const fixed: SessionMeta = { ...input, code, qr };
          const secrets = [hashOf(hostToken), hashOf(screenToken)];
          const first = [JSON.stringify(state), state.revision];
          const values = [expires, JSON.stringify(fixed), code, qr, ...secrets, ...first];
          await disk.changing(sid, script('create', [meta, stateKey], values));
        } while (!(await publish(client, { sid, code, qr, expires })));
        await admit(client, { sid, expires }, Number.MAX_SAFE_INTEGER, now);
        await disk.kept();
      } catch (error) {
        // Nobody has its tokens. Not waited for: a store that is away would answer nothing for longer.
        remove(sid).catch(() => undefined);
        throw error;
      }
      return { sid, code, qr, hostToken, screenToken };
    },

    findRoom: (room) => find(client, room),

    meta: async (sid) => {
      const json = await command('HGET', keysOf(sid).meta, 'json');
      if (typeof json !== 'string') return null;
      // A session of an older server knows of no rehearsals and no other languages (R5).
      type Older = Omit<SessionMeta, 'rehearsal' | 'translations'>;
      return { rehearsal: false, translations: [], ...(JSON.parse(json) as Older) };
    },

    load: async (sid) => {
      const keys = keysOf(sid);
      const reply = await script('load', [keys.state, keys.releases], []);
      if (!Array.isArray(reply)) return null;
      const [json, ...rest] = reply;
      const state = { ...ADDED_LATER, ...(JSON.parse(String(json)) as SessionState) };
      return loadedFrom(state, rest);
    },

    join: (sid, token, { maxSeats }, now) =>
      take(`${sid} ${maxSeats}`, { seat: hashOf(token), now }),

    commit: async (sid, by, expected, state, effect, channel) => {
      const keys = keysOf(sid);
      const next = [JSON.stringify(state), state.revision, state.locked ? 1 : 0];
      const does = [effect?.round ?? '', effect?.question ?? ''];
      const args = [by, expected, ...next, ...does, channel ?? ''];
      const all = [keys.state, keys.releases, keys.meta];
      const reply = await disk.changing(sid, script('commit', all, args));
      // A step the room has seen outlives a kill in the next instant. A disk that is full does not stop
      // the room: its results wait for the disk, its steps need not.
      if (!Array.isArray(reply)) return reply as 'stale' | 'revoked' | 'gone';
      await disk.kept().catch(() => undefined);
      const nodes = reply.at(-1);
      return { ...loadedFrom(state, reply), nodes: typeof nodes === 'number' ? nodes : null };
    },

    ...accessIn(client, disk, seatIn),
    ...ballotsIn(client, disk),
    ...presenceIn(client),

    end: async (sid) => {
      let ended: { seats: number } | null = null;
      // An engine that died meanwhile may have brought it back from the disk: a receipt must be true.
      for (let attempt = 0; attempt < END_TRIES; attempt++) {
        const seats = await remove(sid);
        if (seats === null) return ended;
        ended ??= { seats };
      }
      throw new StoreUnavailable('the session comes back again and again');
    },

    living: async (now) => Number(await command('ZCOUNT', LIVE_KEY, String(now), '+inf')),
    epoch: client.epoch,
    durable: disk.durable,
    ping: async () => {
      // Written, not only asked: one that is full or read-only answers every question.
      const answer = await command('SET', PROBE_KEY, '1', 'PX', '1000').catch(() => null);
      return answer === 'OK' && disk.healthy();
    },
    close: async () => {
      await disk.close();
      await client.close();
    },
  };
}

type Three = [string, string, string];
type Four = [string, string, string, string];

function loadedFrom(state: SessionState, reply: Reply[]): Loaded {
  const [present, seats, answered, releases] = reply;
  const parsed = pairs(releases).map(([question, text]): [string, Release] => [
    question,
    JSON.parse(text) as Release,
  ]);
  return {
    state,
    releases: new Map(parsed),
    counts: countsOf(present, seats, answered),
  };
}

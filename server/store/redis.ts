/** The store on Redis commands: one implementation for a real server and for the embedded engine. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '#core/code.ts';
import type { Release } from '#core/round.ts';
import { initialState, type SessionState } from '#core/session.ts';
import { agendaOf } from '#slides/kinds.ts';
import type { Counts } from '#protocol/views.ts';
import type { Reply, StoreClient } from './client.ts';
import { codeKey, keysOf, LIVE_KEY, qrKey } from './keys.ts';
import type { BallotReply, JoinResult, SealedBallot, SessionMeta, Store } from './store.ts';

/** A prepared session lives this long; one that somebody joined a day from then. */
const PREPARED_MS = 30 * 24 * 3_600_000;
const JOINED_MS = 24 * 3_600_000;
/** DISC-6 */
const TICK_MS = 5_000;
/** A node that died is forgotten after this; it says that it lives every 20 s. */
const PRESENCE_S = 45;
const SEATS_PER_COMMAND = 1_000;

/** What differs between the engines: how data gets to disk. */
export interface Disk {
  durable: () => Promise<void>;
  /** Something was deleted on purpose: what is on disk must forget it too (DISC-11). */
  rewrite: () => void;
  close: () => Promise<void>;
}

export function createStore(client: StoreClient, disk: Disk): Store {
  const { script, command } = client;

  async function reserveCode(sid: string, expires: number): Promise<string> {
    for (;;) {
      const code = newCode();
      const taken = await command('SET', codeKey(code), sid, 'PXAT', String(expires), 'NX');
      if (taken !== null) return code;
    }
  }

  async function expireLookups(sid: string, expires: number): Promise<void> {
    const [code, qr] = strings(await command('HMGET', keysOf(sid).meta, 'code', 'qr'));
    if (code) await command('PEXPIREAT', codeKey(code), String(expires));
    if (qr) await command('PEXPIREAT', qrKey(qr), String(expires));
    await command('ZADD', LIVE_KEY, 'XX', String(expires), sid);
  }

  return {
    createSession: async ({ maxSessions, ...input }, now) => {
      await command('ZREMRANGEBYSCORE', LIVE_KEY, '-inf', String(now));
      if (Number(await command('ZCARD', LIVE_KEY)) >= maxSessions) return null;
      const sid = token(16);
      const [qr, hostToken, screenToken] = [token(16), token(32), token(32)];
      const expires = now + PREPARED_MS;
      const code = await reserveCode(sid, expires);
      const meta: SessionMeta = { ...input, code, qr };
      const state = initialState(agendaOf(input.workshop.steps), now);
      const keys = keysOf(sid);
      await script(
        'create',
        [keys.meta, keys.state],
        [
          expires,
          JSON.stringify(meta),
          code,
          qr,
          hash(hostToken),
          hash(screenToken),
          JSON.stringify(state),
          state.revision,
        ],
      );
      await command('SET', qrKey(qr), sid, 'PXAT', String(expires));
      await command('ZADD', LIVE_KEY, String(expires), sid);
      return { sid, code, qr, hostToken, screenToken };
    },

    findRoom: async (room) => {
      const key = room.length === CODE_LENGTH ? codeKey(room) : qrKey(room);
      const sid = await command('GET', key);
      return typeof sid === 'string' ? sid : null;
    },

    meta: async (sid) => {
      const json = await command('HGET', keysOf(sid).meta, 'json');
      return typeof json === 'string' ? (JSON.parse(json) as SessionMeta) : null;
    },

    load: async (sid) => {
      const keys = keysOf(sid);
      const reply = await script('load', [keys.state, keys.releases], []);
      if (!Array.isArray(reply)) return null;
      const [json, present, seats, answered, releases] = reply;
      return {
        state: JSON.parse(String(json)) as SessionState,
        releases: new Map(
          pairs(releases).map(([question, text]) => [question, JSON.parse(text) as Release]),
        ),
        counts: counts(present, seats, answered),
      };
    },

    authorise: async (sid, role, secret) => {
      const keys = keysOf(sid);
      const seat = hash(secret);
      const [code, expected] = strings(
        await command('HMGET', keys.meta, 'code', role === 'participant' ? 'qr' : role),
      );
      if (!code || !expected) return 'unknown-room';
      const known =
        role === 'participant'
          ? (await command('ZSCORE', keys.seats, seat)) !== null
          : sameHash(expected, seat);
      return known ? { seat } : 'not-allowed';
    },

    join: async (sid, secret, { maxSeats }, now) => {
      const keys = keysOf(sid);
      const expires = now + JOINED_MS;
      const result = await script(
        'join',
        [keys.state, keys.seats, keys.meta, keys.names],
        [hash(secret), maxSeats, expires, keys.prefix],
      );
      if (result !== 'first') return result as JoinResult;
      await expireLookups(sid, expires);
      return 'joined';
    },

    commit: async (sid, expected, state, effect) => {
      const { json, args } = { json: JSON.stringify(state), args: effect };
      return (await script(
        'commit',
        [keysOf(sid).state],
        [
          expected,
          json,
          state.revision,
          state.locked ? 1 : 0,
          args?.round ?? '',
          args?.question ?? '',
        ],
      )) as 'ok' | 'stale' | 'gone';
    },

    ballot: async (sid, seat, { question, version, nonceHash, sealed }) => {
      const keys = keysOf(sid);
      const reply = await script(
        'ballot',
        [keys.state, keys.ballots(question), keys.names],
        [question, seat, version, nonceHash, sealed, `ballots:${question}`],
      );
      const [result, standing] = Array.isArray(reply) ? reply : [];
      return { result, version: standing } as BallotReply;
    },

    sealedBallots: async (sid, question) => {
      const keys = keysOf(sid);
      const reply = await script('sealed', [keys.state, keys.ballots(question)], [question]);
      return pairs(reply).map(([seat, record]): SealedBallot => {
        const [version = '', , sealed = ''] = record.split('|');
        return { seat, version: Number(version), sealed };
      });
    },

    settle: async (sid, question, release) => {
      const keys = keysOf(sid);
      const standing = await script(
        'settle',
        [keys.state, keys.releases, keys.ballots(question), keys.counted(question), keys.names],
        [question, JSON.stringify(release), `counted:${question}`],
      );
      disk.rewrite();
      return typeof standing === 'string' ? (JSON.parse(standing) as Release) : release;
    },

    standing: async (sid, seat, question) => {
      const keys = keysOf(sid);
      const [ballot, counted] = await Promise.all([
        command('HGET', keys.ballots(question), seat),
        command('ZSCORE', keys.counted(question), seat),
      ]);
      if (typeof ballot === 'string') return Number(ballot.slice(0, 8));
      return counted === null ? null : Number(counted);
    },

    tick: async (sid, now) => {
      const keys = keysOf(sid);
      const reply = await script(
        'tick',
        [keys.state, keys.seats, keys.nodes],
        [now, TICK_MS, keys.prefix],
      );
      if (!Array.isArray(reply)) return null;
      const [revision, present, seats, answered] = reply;
      return {
        epoch: client.epoch(),
        revision: Number(revision),
        counts: counts(present, seats, answered),
      };
    },

    arrive: (sid, node, seat) => present(sid, node, [seat]),
    keepPresent: async (sid, node, seats) => {
      for (let start = 0; start < seats.length; start += SEATS_PER_COMMAND)
        await present(sid, node, seats.slice(start, start + SEATS_PER_COMMAND));
    },
    leave: async (sid, node, seat) => {
      await command('SREM', keysOf(sid).present(node), seat);
    },

    end: async (sid) => {
      const keys = keysOf(sid);
      const { meta, state, seats, releases, names, nodes } = keys;
      const reply = await script(
        'end',
        [meta, state, seats, releases, names, nodes],
        [keys.prefix],
      );
      if (!Array.isArray(reply)) return null;
      const [code, qr, given] = reply;
      await command('DEL', codeKey(String(code)));
      await command('DEL', qrKey(String(qr)));
      await command('ZREM', LIVE_KEY, sid);
      disk.rewrite();
      return { seats: Number(given) };
    },

    epoch: client.epoch,
    durable: disk.durable,
    ping: async () => {
      try {
        return (await command('PING')) === 'PONG';
      } catch {
        return false;
      }
    },
    close: async () => {
      await disk.close();
      await client.close();
    },
  };

  async function present(sid: string, node: string, seats: readonly string[]): Promise<void> {
    const keys = keysOf(sid);
    await script(
      'present',
      [keys.state, keys.nodes, keys.present(node)],
      [node, PRESENCE_S, ...seats],
    );
  }
}

function newCode(): string {
  return Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
}

function token(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** Of a token with 256 random bits: nothing to stretch (S3). */
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function counts(present: Reply = 0, seats: Reply = 0, answered: Reply = ''): Counts {
  return {
    present: Number(present),
    seats: Number(seats),
    answered: answered === '' || answered === null ? null : Number(answered),
  };
}

function strings(reply: Reply): (string | null)[] {
  return Array.isArray(reply) ? reply.map((item) => (item === null ? null : String(item))) : [];
}

function pairs(reply: Reply | undefined): [string, string][] {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? '',
    flat[2 * index + 1] ?? '',
  ]);
}

/**
 * The store's interface: one implementation on Redis commands, for a real server and for the
 * embedded engine. App nodes hold no state; this is the only shared thing.
 */
import type { Policy } from '#core/disclosure.ts';
import type { Release } from '#core/round.ts';
import type { Effect, SessionState } from '#core/session.ts';
import type { Audience, Counts, Tick } from '#protocol/views.ts';
import type { Workshop } from '#protocol/workshop.ts';

/** The store did not answer in time, or cannot write: nothing is known of the command, ask again. */
export class StoreUnavailable extends Error {}

/** The store cannot be opened; the message is for whoever starts the server. */
export class StoreError extends Error {}

/** Fixed at creation (DISC-8); the content is frozen with it, so a session never shifts under a running room. */
export interface SessionMeta {
  code: string;
  /** The long random id of the QR link. */
  qr: string;
  /** In the session's own language: the host's and the wall's. */
  workshop: Workshop;
  /** The same in other languages, for phones. */
  translations: readonly Workshop[];
  /** Whole, not by name: a newer server may define the name anew while the session lives. */
  policy: Policy;
  operator: string | null;
  /** Fixed at creation; every face shows it. */
  rehearsal: boolean;
  /** Scheme, host and port that people reach it by; null: made as localhost. */
  origin: string | null;
}

export interface NewSession extends Omit<SessionMeta, 'code' | 'qr'> {
  maxSessions: number;
}

/** Tokens in clear, handed out once: only their SHA-256 is kept (S3). */
export interface MadeSession {
  sid: string;
  code: string;
  qr: string;
  hostToken: string;
  screenToken: string;
}

export interface Loaded {
  state: SessionState;
  releases: ReadonlyMap<string, Release>;
  /** As of the last tick (DISC-6). */
  counts: Counts;
}

export interface Committed extends Loaded {
  /** How many nodes heard of the room at that moment; null: not asked, or not known. */
  nodes: number | null;
}

/** `seat`: the hash of a seat token. `sealed`: what seal.ts made. */
export interface SealedBallot {
  seat: string;
  version: number;
  sealed: string;
}

export type BallotReply =
  | { result: 'counted'; version: number }
  | { result: 'stale'; version: number }
  | { result: 'conflict' }
  | { result: 'round-closed' };

/** Roles whose links can be made anew. */
export type KeyRole = Exclude<Audience, 'participant'>;
export type KeyResult = 'ok' | 'too-many-links' | 'revoked' | 'unknown-room';

export type JoinResult = 'joined' | 'already' | 'locked' | 'full' | 'unknown-room';

/** All methods but `epoch` may reject with StoreUnavailable within 2 s. */
export interface Store {
  /** @returns null when `maxSessions` live already */
  createSession: (input: NewSession, now: number) => Promise<MadeSession | null>;
  /** @param room a normalised code or the long id of a QR link. @returns the session's id */
  findRoom: (room: string) => Promise<string | null>;
  meta: (sid: string) => Promise<SessionMeta | null>;
  /** One round trip. null: unknown or ended. */
  load: (sid: string) => Promise<Loaded | null>;
  /** @returns `seat`: the token's hash, for every role */
  authorise: (
    sid: string,
    role: Audience,
    token: string,
  ) => Promise<{ seat: string } | 'unknown-room' | 'not-allowed' | 'revoked'>;
  /** Whether the key with this hash, which opened the role once, was taken away; false also when the session has ended. */
  revoked: (sid: string, role: KeyRole, hash: string) => Promise<boolean>;
  /**
   * One more key, or the only one from now on; asked again it changes nothing.
   * @param by hash of the host's key that asks. @returns `revoked`: hashes of the keys this has taken away
   */
  newKey: (
    sid: string,
    by: string,
    key: { role: KeyRole; token: string; only: boolean },
  ) => Promise<{ result: KeyResult; revoked: string[] }>;
  join: (
    sid: string,
    token: string,
    limits: { maxSeats: number },
    now: number,
  ) => Promise<JoinResult>;
  /**
   * Compare and set: `stale` when the revision is no longer `expected`.
   * @param by hash of the host's key that asks; `revoked` when it was taken away, or never opened anything (S3)
   * @param channel of pub/sub by which nodes hear of the room
   * @returns what is then there, as `load` does
   */
  commit: (
    sid: string,
    by: string,
    expected: number,
    state: SessionState,
    effect?: Effect,
    channel?: string | null,
  ) => Promise<Committed | 'stale' | 'revoked' | 'gone'>;
  /**
   * What comes meanwhile for the same round shares the next command, and the question whether it is
   * written, which is asked where there is an append-only file. Of a closed round: `round-closed`
   * unless this version, or a newer one, was counted for the seat; after the release the nonce is no
   * longer known, and the version alone tells (R2).
   */
  ballot: (
    sid: string,
    seat: string,
    ballot: { question: string; version: number; nonceHash: string; sealed: string },
  ) => Promise<BallotReply>;
  /** Of a closed round; empty once it is settled. */
  sealedBallots: (sid: string, question: string) => Promise<SealedBallot[]>;
  /** Stores the release unless one stands, and replaces the ballots by the list of what was counted. @returns the one that stands */
  settle: (sid: string, question: string, release: Release) => Promise<Release>;
  /** The version that is (or was) counted for this seat. */
  standing: (sid: string, seat: string, question: string) => Promise<number | null>;
  /**
   * Counts, recomputed at most every 5 s (DISC-6); null: ended. `news`: they say something that no
   * tick has said; for one caller alone, whichever node it is on.
   */
  tick: (sid: string, now: number) => Promise<(Tick & { news: boolean }) | null>;
  /** These have come; they see themselves counted. */
  arrive: (sid: string, node: string, seats: readonly string[]) => Promise<void>;
  leave: (sid: string, node: string, seat: string) => Promise<void>;
  /**
   * Keeps the presence of these seats on this node alive, and of no others (DISC-10); one command for
   * all, so that no count falls in between. What leads to the session ends with it (DISC-11).
   */
  keepPresent: (sid: string, node: string, seats: readonly string[]) => Promise<void>;
  /** Deletes everything at once. @returns seats ever given, null when there was nothing */
  end: (sid: string) => Promise<{ seats: number } | null>;
  /** Sessions that are not over at this time (ms since 1970). */
  living: (now: number) => Promise<number>;
  /** Changes whenever the store may have gone back in time. */
  epoch: () => string;
  /** Resolves when everything written so far survives a kill: on disk, or in Redis’ append-only file. */
  durable: () => Promise<void>;
  /** Never rejects; false within 2 s when the store does not answer, or cannot be written. */
  ping: () => Promise<boolean>;
  close: () => Promise<void>;
}

/**
 * The wire. Everything that crosses it is here: HTTP bodies, the socket's handshake, commands and
 * events. Incoming data is parsed by these schemas on the first line of its handler; a failure has
 * one shape, `{ ok: false, reason }`.
 */
import { z } from 'zod';
import { MOST_EXTRA } from '#core/session.ts';
import { id } from '#slides/kind.ts';
import type { Reason } from './reasons.ts';
import type { Report } from './report.ts';
import type { ParticipantView, Tick, View } from './views.ts';

/** 16 random bytes in base64url. */
const random16 = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** A person's key to one session: `<sid>.<token>`; the role decides what it opens. */
export const credentialSchema = z.string().regex(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/);

/** POST /api/sessions */
export const createRequest = z.strictObject({
  workshop: id,
  language: z.string().max(10),
  plan: id,
  policy: z.enum(['standard', 'strict']),
  passphrase: z.string().max(200).optional(),
  /** A private run with simulated people. Fixed for good: no rehearsal turns into a session (DISC-8). */
  rehearsal: z.boolean().default(false),
});
export type CreateRequest = z.output<typeof createRequest>;

/** Credentials of the three links the host keeps. */
export interface CreateReply {
  code: string;
  host: string;
  screen: string;
}

/**
 * Asks for a seat, in the handshake of the socket that then shows the room. `room`: a code as typed, or
 * the long id of the QR link. `nonce`: made once by the phone and sent again on a retry, so that one
 * person takes one seat.
 */
export const joinRequest = z.strictObject({ room: z.string().min(1).max(64), nonce: random16 });
export type JoinRequest = z.output<typeof joinRequest>;

export interface JoinReply {
  /** The seat's credential, for every later handshake. */
  seat: string;
  code: string;
}

/** GET /api/rooms/:room?language=de: what a person reads before joining; the contract is as in every view (DISC-8). */
export interface RoomReply {
  code: string;
  /** Where a proxy should send the socket that joins: see `PLACE`. */
  place: string;
  /** Its id: what the own result needs of it is content, and outlives the room. */
  workshop: string;
  title: string;
  language: string;
  languages: readonly string[];
  poles: ParticipantView['workshop']['poles'];
  locked: boolean;
  rehearsal: boolean;
  contract: ParticipantView['contract'];
}

const everyHandshake = {
  protocol: z.int(),
  /** A participant's, as a BCP 47 tag; left out, or not there: the session's own. */
  language: z.string().max(35).optional(),
};

/** Socket.IO handshake `auth`: by a credential, or, of somebody who has none yet, by asking for a seat. */
export const handshakeSchema = z.union([
  z.strictObject({
    ...everyHandshake,
    role: z.enum(['host', 'screen', 'participant']),
    credential: credentialSchema,
  }),
  z.strictObject({ ...everyHandshake, role: z.literal('participant'), join: joinRequest }),
]);

const cursor = z.strictObject({ step: id, stage: id });

/** `ballot` command of a participant. `version` rises with every change of mind. */
export const ballotCommand = z.strictObject({
  question: id,
  version: z.int().min(1).max(99_999_999),
  nonce: random16,
  choice: z.union([
    z.strictObject({ cell: z.int().min(0).max(9) }),
    z.strictObject({ lean: z.int().min(0).max(4), marks: z.array(z.int().min(0).max(2)).max(40) }),
  ]),
});
export type BallotCommand = z.output<typeof ballotCommand>;

const extraMinutes = z.int().min(-MOST_EXTRA).max(MOST_EXTRA);

/** `command` of a host. `confirm`: yes, close although some have not answered (DISC-5). */
export const hostCommand = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('move'),
    from: cursor,
    to: cursor,
    confirm: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('timer'), seconds: z.int().min(0).max(3600) }),
  z.strictObject({
    do: z.literal('extend'),
    endsAt: z.number(),
    seconds: z.int().min(-3600).max(3600),
  }),
  z.strictObject({ do: z.literal('plan'), from: extraMinutes, to: extraMinutes }),
  z.strictObject({ do: z.literal('curtain'), curtain: z.enum(['black', 'code']).nullable() }),
  z.strictObject({ do: z.literal('lock'), locked: z.boolean() }),
]);
export type HostCommand = z.output<typeof hostCommand>;

/**
 * `key` of a host: one more link for a role, or (`only`) the only one from now on. The token is made by
 * the console, which so holds the new link whatever becomes of the answer, and may ask again.
 */
export const keyCommand = z.strictObject({
  role: z.enum(['host', 'screen']),
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  only: z.boolean(),
});
export type KeyCommand = z.output<typeof keyCommand>;

/** `end` of a host: deletes everything at once. The code is typed or passed back, so no slip ends a session. */
export const endCommand = z.strictObject({ code: z.string().max(16) });

export type Failure = { ok: false; reason: Reason };
export type Ack<Success extends object = object> = ({ ok: true } & Success) | Failure;

/** What is private to a seat: comes on connect and in acks, never in a broadcast. */
export interface SeatState {
  /** The version that stands for the open round's question; null when none was counted. */
  standing: { question: string; version: number } | null;
}

/** The receipt of a deletion, seen by every face. */
export interface Receipt {
  /** ISO time of the deletion. */
  endedAt: string;
  /** Seats whose records were deleted. */
  seats: number;
}

export interface ServerEvents {
  /** First message of every connection. @param joined what a handshake that asked for a seat was given */
  welcome: (view: View, seat: SeatState | null, joined?: JoinReply) => void;
  view: (view: View) => void;
  tick: (tick: Tick) => void;
  ended: (receipt: Receipt) => void;
  /** The key of this connection opens nothing any more: a host took it away (S3). */
  revoked: () => void;
}

export interface ClientEvents {
  ballot: (command: BallotCommand, ack: (reply: Ack<{ version: number }>) => void) => void;
  command: (command: HostCommand, ack: (reply: Ack) => void) => void;
  end: (
    command: z.output<typeof endCommand>,
    ack: (reply: Ack<{ receipt: Receipt }>) => void,
  ) => void;
  key: (command: KeyCommand, ack: (reply: Ack) => void) => void;
  /** Of a host alone: what the facilitator may take home. Changes nothing. */
  report: (ack: (reply: Ack<{ report: Report }>) => void) => void;
  /** Ask again for everything. */
  sync: (ack: (reply: Ack<{ view: View; seat: SeatState | null }>) => void) => void;
}

/** Authorisation in one place (S4): a socket's room and role come from its credential, never from a payload. */
import type { z } from 'zod';
import { PROTOCOL } from '#protocol/wire.ts';
import type { handshakeSchema, JoinReply } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Audience } from '#protocol/views.ts';
import type { Entrance } from '../entrance.ts';
import type { Store } from '../store/store.ts';
import { hashOf } from '../store/tokens.ts';

export type Handshake = z.output<typeof handshakeSchema>;

/** Who a socket is, for as long as it lives. `seat`, `key`: the hash of its token. */
export type Identity =
  | { role: Exclude<Audience, 'participant'>; sid: string; key: string }
  | {
      role: 'participant';
      sid: string;
      seat: string;
      /** As it asked for it; null: the session's own. */
      language: string | null;
    };

/** Reaches the client as `connect_error` with `data.reason`. */
export class Refused extends Error {
  readonly data: { reason: Reason };
  constructor(reason: Reason) {
    super(reason);
    this.data = { reason };
  }
}

export interface Admitted {
  who: Identity;
  /** What a handshake that asked for a seat was given. */
  joined?: JoinReply;
}

/**
 * @param client as `clientKey` names it
 * @throws Refused `old-client`, `unknown-room` (also: ended), `not-allowed` or `revoked`; of somebody who
 *   asks for a seat also `locked`, `full` or `slow-down`
 */
export async function authorise(
  { store, entrance }: { store: Store; entrance: Entrance },
  handshake: Handshake,
  client: string,
): Promise<Admitted> {
  const { protocol, role, language = null } = handshake;
  if (protocol !== PROTOCOL) throw new Refused('old-client');
  if ('join' in handshake) {
    const reply = await entrance.join(client, handshake.join);
    if (!reply.ok) throw new Refused(reply.reason);
    const { sid, token, code } = reply;
    return {
      who: { role: 'participant', sid, seat: hashOf(token), language },
      joined: { seat: `${sid}.${token}`, code },
    };
  }
  const [sid = '', token = ''] = handshake.credential.split('.');
  const grant = await store.authorise(sid, role, token);
  if (typeof grant === 'string') throw new Refused(grant);
  if (role !== 'participant') return { who: { role, sid, key: grant.seat } };
  return { who: { role, sid, seat: grant.seat, language } };
}

/** What a socket reads; null: the session's own language. */
export function languageOf(who: Identity): string | null {
  return who.role === 'participant' ? who.language : null;
}

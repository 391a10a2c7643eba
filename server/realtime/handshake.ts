/** Authorisation in one place (S4): a socket's room and role come from its credential, never from a payload. */
import { PROTOCOL } from '#protocol/wire.ts';
import { handshakeSchema } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Audience } from '#protocol/views.ts';
import type { Store } from '../store/store.ts';

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

/**
 * @param auth the handshake's `auth`, as sent
 * @throws Refused `old-client`, `malformed`, `unknown-room` (also: ended), `not-allowed` or `revoked`
 */
export async function authorise(store: Store, auth: unknown): Promise<Identity> {
  const parsed = handshakeSchema.safeParse(auth);
  if (!parsed.success) throw new Refused('malformed');
  const { protocol, role, credential, language = null } = parsed.data;
  if (protocol !== PROTOCOL) throw new Refused('old-client');
  const [sid = '', token = ''] = credential.split('.');
  const grant = await store.authorise(sid, role, token);
  if (typeof grant === 'string') throw new Refused(grant);
  if (role !== 'participant') return { role, sid, key: grant.seat };
  return { role, sid, seat: grant.seat, language };
}

/** What a socket reads; null: the session's own language. */
export function languageOf(who: Identity): string | null {
  return who.role === 'participant' ? who.language : null;
}

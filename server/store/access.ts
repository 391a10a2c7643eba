/** Who holds a key to a session (S3): only hashes are kept, and a revoked one is known as such. */
import type { StoreClient } from './client.ts';
import type { Disk } from './disk.ts';
import { keysOf } from './keys.ts';
import { strings } from './replies.ts';
import type { KeyResult, Store } from './store.ts';
import { hashOf, sameHash } from './tokens.ts';

/** Of one role: links for a handful of co-hosts, not one for every mistake. */
const MOST_KEYS = 8;

type Access = Pick<Store, 'authorise' | 'revoked' | 'newKey'>;

/** @param seatIn whether a seat with this hash was given */
export function accessIn(
  { script, command }: StoreClient,
  disk: Disk,
  seatIn: (sid: string, seat: string) => Promise<'seat' | 'unknown-room' | 'not-allowed'>,
): Access {
  async function held(sid: string, role: 'host' | 'screen') {
    const reply = await command('HMGET', keysOf(sid).meta, role, `${role}.gone`);
    const [now, gone] = strings(reply).map((list) => list?.split(' ') ?? []);
    return { now: now ?? [], gone: gone ?? [] };
  }

  return {
    authorise: async (sid, role, token) => {
      const hash = hashOf(token);
      if (role === 'participant') {
        const grant = await seatIn(sid, hash);
        return grant === 'seat' ? { seat: hash } : grant;
      }
      const { now, gone } = await held(sid, role);
      if (now.length === 0) return 'unknown-room';
      if (among(now, hash)) return { seat: hash };
      return among(gone, hash) ? 'revoked' : 'not-allowed';
    },

    revoked: async (sid, role, hash) => {
      const { now } = await held(sid, role);
      return now.length > 0 && !among(now, hash);
    },

    newKey: async (sid, by, { role, token, only }) => {
      const args = [by, role, hashOf(token), only ? 1 : 0, MOST_KEYS];
      const reply = await disk.changing(sid, script('key', [keysOf(sid).meta], args));
      const [result, ...revoked] = strings(reply).map(String);
      // A link that was taken away must not open anything after a power cut.
      if (result === 'ok') await (only ? disk.durable() : disk.kept());
      return { result: result as KeyResult, revoked };
    },
  };
}

/** Looks at every one, in constant time each: how long it takes says nothing of which it was. */
function among(hashes: readonly string[], hash: string): boolean {
  return hashes.map((each) => sameHash(each, hash)).includes(true);
}

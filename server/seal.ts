/**
 * Seals ballots: AES-256-GCM under a key that Redis never sees, bound to session, round, seat and
 * version, padded to one length, so that nothing at rest can be read, moved or told apart (DISC-11).
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { Choice } from '#core/round.ts';

/** What a sealed ballot is bound to; opening it elsewhere fails. */
export interface Binding {
  sid: string;
  question: string;
  seat: string;
  version: number;
}

export interface Sealer {
  /** @returns base64url, one length for every choice */
  seal: (choice: Choice, binding: Binding) => string;
  /** @throws Error when the key, the binding or a single bit differs */
  open: (sealed: string, binding: Binding) => Choice;
}

const IV_BYTES = 12;
const IVS_AT_ONCE = 1024;
const TAG_BYTES = 16;
/** Room for the longest choice: a form byte, a lean and forty marks. */
const PLAIN_BYTES = 48;
const SINGLE = 1;
const ASSESSMENT = 2;

/** @param secret the server's own, at least 32 characters */
export function createSealer(secret: string): Sealer {
  // Key objects, not bytes: a key that is made ready anew for every ballot costs five times the sealing.
  const keys = new Map<string, KeyObject>();
  const newIv = ivs();
  const keyOf = (sid: string) => {
    const known = keys.get(sid);
    if (known) return known;
    const key = createSecretKey(
      Buffer.from(hkdfSync('sha256', secret, sid, 'crossroads ballots', 32)),
    );
    // Keys are cheap to make again: a server that runs for months must not collect them.
    if (keys.size > 1000) keys.clear();
    keys.set(sid, key);
    return key;
  };
  return {
    seal: (choice, binding) => {
      const iv = newIv();
      const cipher = createCipheriv('aes-256-gcm', keyOf(binding.sid), iv);
      cipher.setAAD(bound(binding));
      const body = Buffer.concat([cipher.update(encode(choice)), cipher.final()]);
      return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
    },
    open: (sealed, binding) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length !== IV_BYTES + PLAIN_BYTES + TAG_BYTES)
        throw new RangeError('a sealed ballot of the wrong length');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyOf(binding.sid),
        bytes.subarray(0, IV_BYTES),
      );
      decipher.setAAD(bound(binding));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const body = bytes.subarray(IV_BYTES, -TAG_BYTES);
      return decode(Buffer.concat([decipher.update(body), decipher.final()]));
    },
  };
}

/** Random bytes, each used once, drawn by the thousand: asking for twelve costs as much as for all. */
function ivs(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = randomBytes(IV_BYTES * IVS_AT_ONCE);
      at = 0;
    }
    at += IV_BYTES;
    return drawn.subarray(at - IV_BYTES, at);
  };
}

function bound({ sid, question, seat, version }: Binding): Buffer {
  return Buffer.from(JSON.stringify([sid, question, seat, version]));
}

function encode(choice: Choice): Buffer {
  const values =
    'cell' in choice
      ? [SINGLE, choice.cell]
      : [ASSESSMENT, choice.lean, choice.marks.length, ...choice.marks];
  if (values.length > PLAIN_BYTES) throw new RangeError('a choice too long to seal');
  const plain = Buffer.alloc(PLAIN_BYTES);
  plain.set(values);
  return plain;
}

function decode(plain: Buffer): Choice {
  const [form, first = 0, count = 0] = plain;
  if (form === SINGLE) return { cell: first };
  if (form === ASSESSMENT) return { lean: first, marks: [...plain.subarray(3, 3 + count)] };
  throw new RangeError('a sealed ballot of an unknown form');
}

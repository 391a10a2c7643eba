/**
 * The ways into a session: its code, the long id of its QR link, and its place among the living. They
 * lie outside the session's slot, so no script covers both; the order of writes keeps them safe: made
 * after the session, removed before it.
 */
import { CODE_LENGTH } from '#core/code.ts';
import type { StoreClient } from './client.ts';
import { codeKey, keysOf, LIVE_KEY, qrKey } from './keys.ts';

export interface Ways {
  sid: string;
  code: string;
  qr: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** Takes a place among the living sessions. @returns false when `most` live already */
export async function admit(
  client: StoreClient,
  { sid, expires }: Pick<Ways, 'sid' | 'expires'>,
  most: number,
  now: number,
): Promise<boolean> {
  return (await client.script('live', [LIVE_KEY], [now, sid, expires, most])) === 1;
}

/** @returns false when another session has the code */
export async function publish(client: StoreClient, ways: Ways): Promise<boolean> {
  const { sid, code, qr } = ways;
  const expires = String(ways.expires);
  const free = await client.command('SET', codeKey(code), sid, 'PXAT', expires, 'NX');
  if (free === null) return false;
  await client.command('SET', qrKey(qr), sid, 'PXAT', expires);
  return true;
}

/** @returns the id of a living session */
export async function find(client: StoreClient, room: string): Promise<string | null> {
  const key = room.length === CODE_LENGTH ? codeKey(room) : qrKey(room);
  const sid = await client.command('GET', key);
  if (typeof sid !== 'string') return null;
  if ((await client.command('EXISTS', keysOf(sid).state)) === 1) return sid;
  // Left over by a node that died between two writes: no code outlives its room (DISC-11).
  await client.command('DEL', key);
  return null;
}

/** After the first join the session's life is shorter, and so is that of what leads to it. */
export async function shorten(client: StoreClient, ways: Ways, now: number): Promise<void> {
  const expires = String(ways.expires);
  await Promise.all([
    client.command('PEXPIREAT', codeKey(ways.code), expires),
    client.command('PEXPIREAT', qrKey(ways.qr), expires),
    client.script('live', [LIVE_KEY], [now, ways.sid, ways.expires, 0]),
  ]);
}

export async function forget(
  client: StoreClient,
  ways: Pick<Ways, 'sid' | 'code' | 'qr'>,
): Promise<void> {
  await Promise.all([
    client.command('DEL', codeKey(ways.code)),
    client.command('DEL', qrKey(ways.qr)),
    client.script('live', [LIVE_KEY], [Date.now(), ways.sid, '', 0]),
  ]);
}

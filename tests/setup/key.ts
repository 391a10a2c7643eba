/** What a face of a test comes with: the credential that it holds, or the wish for a seat. */
import { randomBytes } from 'node:crypto';
import type { Ack, JoinReply } from '#protocol/messages.ts';
import type { Audience } from '#protocol/views.ts';
import { placeOf, PROTOCOL, type Handshake } from '#protocol/wire.ts';
import { openWire } from '../hostile/wire.ts';

/** `join`: as the phone sends it, right or wrong. */
export type Key = string | { join: unknown; place?: string };

export const newNonce = (): string => randomBytes(16).toString('base64url');

/** A seat in a room, by its code or its long id. */
export const seatIn = (room: string, nonce = newNonce()): Key => ({ join: { room, nonce } });

export function handshakeOf(role: Audience, key: Key, language?: string): Handshake {
  const who = { protocol: PROTOCOL, role, ...(language && { language }) };
  if (typeof key === 'string') return { ...who, credential: key };
  return { ...who, join: key.join } as Handshake;
}

/** @returns where a proxy sends the socket; any place serves */
export const placeFor = (key: Key): string =>
  typeof key === 'string' ? placeOf(key) : (key.place ?? 'aa');

/** What a `40…` or `42…` packet says of the seat that was asked for; null: nothing. */
export function answerIn(packet: string): Ack<JoinReply> | null {
  if (packet.startsWith('44')) {
    const { data } = JSON.parse(packet.slice(2)) as { data: Ack & { ok: false } };
    return { ok: false, reason: data.reason };
  }
  if (!packet.startsWith('42["welcome"')) return null;
  const [, , , joined] = JSON.parse(packet.slice(2)) as [string, object, object, JoinReply];
  return { ok: true, ...joined };
}

/**
 * Asks for a seat and hangs up; the seat stays its owner's, and counts as present for a while.
 * @param headers as a proxy in front of the server would set them
 */
export async function askSeat(
  url: string,
  join: unknown,
  headers: Record<string, string> = {},
): Promise<Ack<JoinReply>> {
  let answered: (reply: Ack<JoinReply>) => void = () => undefined;
  const answer = new Promise<Ack<JoinReply>>((resolve) => (answered = resolve));
  const opened = openWire(
    url,
    (packet) => {
      const reply = answerIn(packet);
      if (reply) return answered(reply);
      if (!packet.startsWith('0{')) return;
      const auth = JSON.stringify(handshakeOf('participant', { join }));
      void opened.then((wire) => wire.text(`40${auth}`));
    },
    placeFor({ join }),
    headers,
  );
  const wire = await opened;
  const gone = wire.gone.then(() => Promise.reject(new Error('hung up')));
  try {
    return await Promise.race([answer, gone]);
  } finally {
    wire.close();
  }
}

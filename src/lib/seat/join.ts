/** What a room says to whoever has no seat yet. */
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Ack, RoomReply } from '#protocol/messages.ts';

/** Longer than a slow network, shorter than a person's patience. */
const TIMEOUT_MS = 8000;

/**
 * @param room a code, or the long id of the QR link
 * @returns `try-again` also when no answer came. Never throws
 */
export async function lookUp(room: string): Promise<Ack<RoomReply>> {
  // A relative address serves every origin, with or without TLS.
  const address = `/api/rooms/${encodeURIComponent(room)}?language=${getLocale()}`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = (await early(address)) ?? (await fetch(address, { signal: abort.signal }));
    return (await response.json()) as Ack<RoomReply>;
  } catch {
    return { ok: false, reason: 'try-again' };
  } finally {
    clearTimeout(timer);
  }
}

/** What app.html asked before any script was there. Given once: whoever looks again wants a new answer. */
async function early(address: string): Promise<Response | null> {
  const asked = globalThis.askedRoom;
  if (asked?.address !== address) return null;
  globalThis.askedRoom = undefined;
  return asked.reply;
}

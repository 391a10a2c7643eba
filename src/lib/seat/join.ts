/** The two requests before there is a seat. Relative addresses serve every origin, with or without TLS. */
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Ack, JoinReply, JoinRequest, RoomReply } from '#protocol/messages.ts';

/** Longer than a slow network, shorter than a person's patience. */
const TIMEOUT_MS = 8000;

/** @param room a code, or the long id of the QR link. `try-again`: no answer came. Never throws. */
export function lookUp(room: string): Promise<Ack<RoomReply>> {
  return ask<RoomReply>(`/api/rooms/${encodeURIComponent(room)}?language=${getLocale()}`);
}

/** Takes a seat; the same nonce takes the same one again (R2). Never throws. */
export function join(request: JoinRequest): Promise<Ack<JoinReply>> {
  return ask<JoinReply>('/api/join', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

/** What app.html asked before any script was there. Given once: whoever looks again wants a new answer. */
async function early(address: string): Promise<Response | null> {
  const asked = globalThis.askedRoom;
  if (asked?.address !== address) return null;
  globalThis.askedRoom = undefined;
  return asked.reply;
}

async function ask<T extends object>(address: string, init: RequestInit = {}): Promise<Ack<T>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response =
      (await early(address)) ?? (await fetch(address, { ...init, signal: abort.signal }));
    return (await response.json()) as Ack<T>;
  } catch {
    return { ok: false, reason: 'try-again' };
  } finally {
    clearTimeout(timer);
  }
}

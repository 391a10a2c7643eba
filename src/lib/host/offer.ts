/** The start page's talk with the server: what can be run here, and starting it. */
import type { CreateReply, CreateRequest, Failure } from '#protocol/messages.ts';
import { REASONS, type Reason } from '#protocol/reasons.ts';
import type { WorkshopSummary } from '#protocol/workshop.ts';

/** GET /api/workshops */
export interface Offer {
  workshops: WorkshopSummary[];
  /** Whether starting a session needs the server's passphrase (S11). */
  passphrase: boolean;
  /** Who runs the server; null: the facilitator's own machine. */
  operator: string | null;
  /** The address that phones use, when it is known. */
  publicOrigin: string | null;
}

/** A server that does not answer must not leave anybody waiting. */
const TIMEOUT_MS = 8000;

/** @returns null when the server does not answer or answers with something else */
export async function loadOffer(): Promise<Offer | null> {
  try {
    const response = await fetch('/api/workshops', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? ((await response.json()) as Offer) : null;
  } catch {
    return null;
  }
}

/** Starts a session. No answer in time is `try-again`: a session nobody knows of ends by itself. */
export async function createSession(
  request: CreateRequest,
): Promise<({ ok: true } & CreateReply) | Failure> {
  try {
    const response = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = (await response.json()) as Partial<CreateReply & { reason: unknown }>;
    if (response.ok && body.code && body.host && body.screen)
      return { ok: true, code: body.code, host: body.host, screen: body.screen };
    return { ok: false, reason: isReason(body.reason) ? body.reason : 'try-again' };
  } catch {
    return { ok: false, reason: 'try-again' };
  }
}

/** The language to offer first: the earliest of `wanted` that exists, by its first part. */
export function firstLanguage(wanted: readonly string[], available: readonly string[]): string {
  for (const tag of wanted) {
    const language = tag.split('-')[0] ?? tag;
    const match =
      available.find((each) => each === tag) ??
      available.find((each) => each.split('-')[0] === language);
    if (match) return match;
  }
  return available[0] ?? '';
}

function isReason(value: unknown): value is Reason {
  return REASONS.some((reason) => reason === value);
}

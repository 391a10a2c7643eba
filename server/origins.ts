/** Which addresses this server answers to, for links that phones can reach and handshakes from its own pages. */
import type { IncomingMessage } from 'node:http';
import { lanAddress, type Config } from './config.ts';

/** Names under which only this machine reaches itself. */
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(:\d+)?$/i;

/** Asking the system takes longer than making a view; a laptop that changes networks is noticed within this. */
const LOOK_MS = 2_000;
let looked = -Infinity;
let address: string | null = null;

function addressNow(): string | null {
  if (performance.now() - looked < LOOK_MS) return address;
  looked = performance.now();
  address = lanAddress();
  return address;
}

/** @param port where the server listens: `config.port` may be 0 */
export function publicOrigin(config: Config, port: number): string {
  return config.origins[0] ?? `http://${addressNow() ?? 'localhost'}:${port}`;
}

/**
 * The origin to keep with a session made through this request, or null when it says nothing that a
 * phone could use (a laptop asked as localhost): then the network's address of the day is taken.
 */
export function originOfRequest(protocol: string, host: string | undefined): string | null {
  if (!host || LOCAL.test(host)) return null;
  return URL.canParse(`${protocol}://${host}`) ? new URL(`${protocol}://${host}`).origin : null;
}

/**
 * Whether a handshake comes from this server's own pages (S5). No Origin header: not a browser's
 * cross-site request; the credential in the handshake decides alone.
 */
export function fromOwnPage(config: Config, request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (config.origins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const forwarded = config.trustProxy === false ? undefined : request.headers['x-forwarded-host'];
  const asked = typeof forwarded === 'string' ? forwarded : host;
  return new URL(origin).host === asked?.toLowerCase();
}

/** Which addresses this server answers to, for links that phones can reach and handshakes from its own pages. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from './clock.ts';
import { lanAddress, type Config } from './config.ts';

/** A laptop may change networks in the middle of a session; asking for its address at every view is dear. */
const SAME_MS = 5_000;

/** Names under which only this machine reaches itself. */
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(:\d+)?$/i;

/**
 * @param port where the server listens: `config.port` may be 0
 * @returns where phones reach this server today
 */
export function publicOrigin(config: Config, clock: Clock, port: () => number): () => string {
  const [fixed] = config.origins;
  let address: string | null = null;
  let asked = -Infinity;
  return () => {
    if (fixed !== undefined) return fixed;
    const now = clock.now();
    // Also after a clock that was set back.
    if (Math.abs(now - asked) >= SAME_MS) {
      address = lanAddress();
      asked = now;
    }
    return `http://${address ?? 'localhost'}:${port()}`;
  };
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

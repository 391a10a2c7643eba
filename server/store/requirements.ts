/** What a Redis must be before the store relies on it, and how its absence is told. */
import type { Target } from './client.ts';
import { StoreError } from './store.ts';

/** Sharded publish and subscribe between nodes, PEXPIRETIME. */
const OLDEST_MAJOR = 7;

/**
 * @param info the answer to INFO
 * @throws StoreError for a server that is too old, or that may drop keys when its memory is full: a
 *   dropped release would be published a second time (DISC-5)
 */
export function requireServer(info: string): void {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = field('redis_version');
  if (Number.parseInt(version, 10) < OLDEST_MAJOR)
    throw new StoreError(
      `Redis ${version} is too old. Crossroads needs Redis ${OLDEST_MAJOR} or later, or Valkey.`,
    );
  const policy = field('maxmemory_policy');
  if (Number(field('maxmemory')) > 0 && policy !== '' && policy !== 'noeviction')
    throw new StoreError(
      `Redis drops data when its memory is full (maxmemory-policy ${policy}), so results could be lost ` +
        'or published twice. Set it to noeviction: redis-cli CONFIG SET maxmemory-policy noeviction',
    );
}

/** One sentence for whoever starts the server; never the password in the address. */
export function describeFailure(target: Target, error: unknown): string {
  if ('path' in target) return `The embedded store does not answer (${reason(error)}).`;
  const { hostname, port } = new URL(target.url);
  return (
    `Redis at ${hostname}:${port || '6379'} cannot be reached (${reason(error)}). ` +
    'Start it, or correct REDIS_URL; leave REDIS_URL empty to use the embedded store.'
  );
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses fails with one error that has no message but its code.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message || code || error.name;
}

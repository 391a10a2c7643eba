/** What a Redis keeps on disk, and when: on it hangs what a power cut may undo (DISC-5). */
import { ErrorReply } from 'redis';
import type { StoreClient } from './client.ts';

export interface Persistence {
  appendOnly: boolean;
  snapshots: boolean;
  /** An answer may come before its write is on disk, and the server can tell when it is (Redis 7.2 or later). */
  waits: boolean;
  /** What a crash or a power cut can undo, as a code for the log; null: nothing that was waited for. */
  weakness: 'nothing-on-disk' | 'snapshots-only' | 'no-fsync' | 'no-waitaof' | null;
}

/** @throws StoreUnavailable */
export async function persistenceOf(client: StoreClient): Promise<Persistence> {
  const info = String(await client.command('INFO', 'persistence'));
  const appendOnly = info.includes('aof_enabled:1');
  const snapshots = Boolean(await setting(client, 'save'));
  if (!appendOnly)
    return {
      appendOnly,
      snapshots,
      waits: false,
      weakness: snapshots ? 'snapshots-only' : 'nothing-on-disk',
    };
  const fsync = await setting(client, 'appendfsync');
  // Waiting for what never comes would keep every result from the room.
  if (fsync === 'no') return { appendOnly, snapshots, waits: false, weakness: 'no-fsync' };
  if (fsync === 'always') return { appendOnly, snapshots, waits: false, weakness: null };
  const known = await orDenied(client.command('COMMAND', 'INFO', 'WAITAOF'));
  const waits = Array.isArray(known) && Array.isArray(known[0]);
  return { appendOnly, snapshots, waits, weakness: waits ? null : 'no-waitaof' };
}

/** @returns null where it may not be asked for, as with some providers */
async function setting(client: StoreClient, name: string): Promise<string | null> {
  const reply = await orDenied(client.command('CONFIG', 'GET', name));
  return Array.isArray(reply) && reply[1] ? String(reply[1]) : null;
}

async function orDenied<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof ErrorReply || String(error).includes('NOPERM')) return null;
    throw error;
  });
}

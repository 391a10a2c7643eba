/** Sends a session's newest view to everyone in it: one encoding per audience and language (T3: never per answer). */
import type { Receipt } from '#protocol/messages.ts';
import type { Tick } from '#protocol/views.ts';
import type { Clock } from '../clock.ts';
import type { Live } from '../live.ts';
import type { OnPoint } from '../points.ts';
import { languagesOf } from '../languages.ts';
import { buildView } from '../views.ts';
import type { LiveServer } from './server.ts';

/** How long an ended session's sockets may stay. */
const HANG_UP_MS = 1_000;

export interface Broadcast {
  views: (sid: string) => Promise<void>;
  tick: (sid: string, tick: Tick) => void;
  /** To the sockets of this node alone: every node has a slow beat of its own. */
  slowTick: (sid: string, tick: Tick) => void;
  /** Tells everyone that the session is gone, then closes their sockets. */
  ended: (sid: string, receipt: Receipt) => void;
}

export function createBroadcast(
  io: LiveServer,
  live: Live,
  clock: Clock,
  onPoint: OnPoint,
): Broadcast {
  return {
    views: async (sid) => {
      const snapshot = await live.snapshot(sid);
      if (!snapshot) return;
      await onPoint('before-broadcast', sid);
      const now = clock.now();
      io.to(roomName(sid, 'host')).emit('view', buildView('host', snapshot, now));
      await onPoint('half-broadcast', sid);
      io.to(roomName(sid, 'screen')).emit('view', buildView('screen', snapshot, now));
      for (const language of languagesOf(snapshot))
        io.to(phonesIn(sid, language)).emit(
          'view',
          buildView('participant', snapshot, now, language),
        );
    },
    tick: (sid, tick) => {
      io.to(everyone(sid)).emit('tick', tick);
    },
    slowTick: (sid, tick) => {
      io.local.to(everyone(sid)).emit('tick', tick);
    },
    ended: (sid, receipt) => {
      io.to(everyone(sid)).emit('ended', receipt);
      // Faces hang up by themselves when they hear it; whoever does not is cut off.
      setTimeout(() => io.in(everyone(sid)).disconnectSockets(true), HANG_UP_MS).unref();
    },
  };
}

/**
 * Socket.IO rooms: one for hosts, one for walls, one for the phones of each language, one for all of a
 * session. One room per emit keeps other nodes out of it.
 */
export function roomName(sid: string, audience: 'host' | 'screen'): string {
  return `${sid}/${audience}`;
}
/** @param language one of the session's */
export function phonesIn(sid: string, language: string): string {
  return `${sid}/participant/${language}`;
}
export function everyone(sid: string): string {
  return `${sid}/all`;
}

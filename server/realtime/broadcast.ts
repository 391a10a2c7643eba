/** Sends a session's newest view to everyone in it: one encoding per audience and language (T3: never per answer). */
import type { Receipt } from '#protocol/messages.ts';
import type { AnyView, Tick } from '#protocol/views.ts';
import type { Clock } from '../clock.ts';
import type { Changed } from '../commands.ts';
import type { Live } from '../live.ts';
import type { OnPoint } from '../points.ts';
import { languagesOf } from '../languages.ts';
import { buildView } from '../views.ts';
import { createDelivery, type Message } from './delivery.ts';
import { viewText } from './encoded.ts';
import { eventText } from './frame.ts';
import type { LiveServer } from './server.ts';

/** How long an ended session's sockets may stay. */
const HANG_UP_MS = 1_000;

export interface Broadcast {
  /** The channel by which nodes hear of a session, while this one is known to be among them; else null. */
  channelOf: (sid: string) => string | null;
  views: (sid: string, changed: Changed) => Promise<void>;
  tick: (sid: string, tick: Tick) => void;
  /** To the sockets of this node alone: every node has a slow beat of its own. */
  slowTick: (sid: string, tick: Tick) => void;
  /** Tells everyone that the session is gone, then closes their sockets. */
  ended: (sid: string, receipt: Receipt) => void;
  /** Cuts off whoever came with one of these keys, on any node (S3). @param hashes of the keys */
  revoked: (sid: string, hashes: readonly string[]) => void;
}

export function createBroadcast(
  io: LiveServer,
  live: Live,
  clock: Clock,
  onPoint: OnPoint,
  hears: (channel: string) => boolean = () => false,
): Broadcast {
  const delivery = createDelivery(io);
  const toEveryone = (sid: string, event: string, payload: object): Message => [
    everyone(sid),
    eventText(event, payload),
  ];
  const tell = (sid: string, message: Message) => {
    delivery.elsewhere(everyone(sid), [message]);
    delivery.here(message);
  };
  return {
    channelOf: (sid) => {
      const channel = delivery.channelOf(everyone(sid));
      return channel !== null && hears(channel) ? channel : null;
    },
    views: async (sid, changed) => {
      const snapshot = await live.snapshot(sid, changed);
      if (!snapshot) return;
      await onPoint('before-broadcast', sid);
      const now = clock.now();
      // Who comes to another node from now on finds what was changed in the store; the next tick tells
      // those whom a line that broke in this instant hid. Not even this node: the store is another Redis now.
      const alone = changed.nodes === 1;
      const view = (room: string, build: () => AnyView): Message[] =>
        alone && !delivery.has(room) ? [] : [[room, `2["view",${viewText(build())}]`]];
      const host = view(roomName(sid, 'host'), () => buildView('host', snapshot, now));
      const others = [
        ...view(roomName(sid, 'screen'), () => buildView('screen', snapshot, now)),
        ...languagesOf(snapshot).flatMap((language) =>
          view(phonesIn(sid, language), () => buildView('participant', snapshot, now, language)),
        ),
      ];
      host.forEach(delivery.here);
      await onPoint('half-broadcast', sid);
      if (!alone) delivery.elsewhere(everyone(sid), [...host, ...others]);
      others.forEach(delivery.here);
    },
    tick: (sid, tick) => tell(sid, toEveryone(sid, 'tick', tick)),
    slowTick: (sid, tick) => delivery.here(toEveryone(sid, 'tick', tick)),
    ended: (sid, receipt) => {
      tell(sid, toEveryone(sid, 'ended', receipt));
      // Faces hang up by themselves when they hear it; whoever does not is cut off.
      setTimeout(() => io.in(everyone(sid)).disconnectSockets(true), HANG_UP_MS).unref();
    },
    revoked: (sid, hashes) => {
      for (const room of hashes.map((hash) => keyRoom(sid, hash))) {
        io.to(room).emit('revoked');
        io.in(room).disconnectSockets(true);
      }
    },
  };
}

/**
 * Socket.IO rooms: one for hosts, one for walls, one for the phones of each language, one per key, one
 * for all of a session. Other nodes hear of what is shown by the last alone.
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
/** The sockets that came with one key of a host or screen. */
export function keyRoom(sid: string, hash: string): string {
  return `${sid}/key/${hash}`;
}

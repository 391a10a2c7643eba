/**
 * The sockets of this node that came with a key which can be taken away (S3). Whoever takes one tells
 * all nodes at once; a node that could not hear it finds out at the next slow beat. Until then, 20 s at
 * most, such a socket can look on: what it asks to change is refused in the store itself (commit.lua).
 */
import type { Store } from '../store/store.ts';
import type { LiveSocket } from './server.ts';

export interface Keyholders {
  /** @returns counts the socket out */
  enter: (socket: LiveSocket) => () => void;
  /** Sends away whoever's key was taken. @throws StoreUnavailable */
  recheck: (sid: string) => Promise<void>;
}

export function createKeyholders(store: Store): Keyholders {
  const rooms = new Map<string, Set<LiveSocket>>();
  return {
    enter: (socket) => {
      const { sid, role } = socket.data;
      if (role === 'participant') return () => undefined;
      const here = rooms.get(sid) ?? new Set();
      rooms.set(sid, here.add(socket));
      return () => {
        here.delete(socket);
        if (here.size === 0 && rooms.get(sid) === here) rooms.delete(sid);
      };
    },
    recheck: async (sid) => {
      const here = [...(rooms.get(sid) ?? [])];
      await Promise.all(here.map((socket) => sendAwayIfRevoked(store, socket)));
    },
  };
}

/** @returns whether it was. @throws StoreUnavailable */
export async function sendAwayIfRevoked(store: Store, socket: LiveSocket): Promise<boolean> {
  const { data } = socket;
  if (data.role === 'participant') return false;
  const gone = await store.revoked(data.sid, data.role, data.key);
  if (gone) {
    socket.emit('revoked');
    socket.disconnect(true);
  }
  return gone;
}

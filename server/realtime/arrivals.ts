/**
 * Whoever comes to a room within a moment is welcomed together: a crowd shares the counting of heads, the
 * reading and the encoding, and a phone costs half of what it did (`npm run bench -- joins`).
 */
import type { JoinReply } from '#protocol/messages.ts';
import type { Clock } from '../clock.ts';
import type { Live } from '../live.ts';
import { gathered } from '../store/gathered.ts';
import type { Store } from '../store/store.ts';
import type { Snapshot } from '../views.ts';
import { createEncoded } from './encoded.ts';
import { frameOf, sendFrame } from './frame.ts';
import { sendAwayIfRevoked } from './keyholders.ts';
import type { LiveSocket } from './server.ts';

/** Nobody sees such a wait. */
const EVERY_MS = 10;

export interface Arrival {
  socket: LiveSocket;
  /** Its seat, if no other socket of this node holds it. */
  seat: string | null;
  /** What its handshake asked for and was given. */
  joined: JoinReply | undefined;
}

interface Deps {
  store: Store;
  live: Live;
  clock: Clock;
  /** Names this process among the nodes. */
  node: string;
  /** Told of a room whose heads were counted. */
  onHeads: (sid: string) => void;
}

/** @returns welcomes a socket that is in its rooms already, so that no change is missed; rejects as the store does */
export function createArrivals(deps: Deps): (sid: string, arrival: Arrival) => Promise<unknown> {
  const { store, live, clock, node } = deps;
  const encoded = createEncoded(clock);

  async function welcome(sid: string, { socket, joined }: Arrival, snapshot: Snapshot | null) {
    const { data } = socket;
    // Taken away since the handshake, and before anybody could have told this socket.
    if (data.role !== 'participant' && (await sendAwayIfRevoked(store, socket))) return;
    if (!snapshot) {
      socket.emit('ended', { endedAt: new Date(clock.now()).toISOString(), seats: 0 });
      socket.disconnect(true);
      return;
    }
    const seat =
      data.role === 'participant' ? await live.seatState(sid, data.seat, snapshot) : null;
    const told = joined ? `,${JSON.stringify(joined)}` : '';
    const view = encoded(data, snapshot);
    sendFrame(socket.conn, frameOf(`2["welcome",${view},${JSON.stringify(seat)}${told}]`), true);
  }

  return gathered<Arrival, true>(
    async (sid, arrivals) => {
      const seats = arrivals.flatMap(({ seat }) => seat ?? []);
      if (seats.length > 0) {
        await store.arrive(sid, node, seats);
        deps.onHeads(sid);
      }
      const snapshot = await live.sharedSnapshot(sid);
      await Promise.all(arrivals.map((arrival) => welcome(sid, arrival, snapshot)));
      return arrivals.map(() => true);
    },
    // The store's own commands end in time.
    null,
    EVERY_MS,
  );
}

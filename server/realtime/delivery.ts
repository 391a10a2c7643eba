/**
 * Delivery to Socket.IO rooms: here at once, on other nodes through the adapter. Socket.IO's own way
 * waits for Redis before it serves the node's own sockets, and needs a message for each audience; here
 * all that a room is told at once is one message to one channel, encoded once for all nodes.
 */
import type { LiveServer } from './server.ts';
import { frameOf } from './frame.ts';
import { createLanes } from './lanes.ts';

/** A Socket.IO packet for a room. */
export type Message = [room: string, text: string];

export interface Delivery {
  /** Whether this node holds a socket in a room. */
  has: (room: string) => boolean;
  /** To the sockets of this node. */
  here: (message: Message) => void;
  /**
   * To the sockets of all other nodes.
   * @param channel the Socket.IO room whose nodes hear it: each node with a socket in one of the rooms
   *   must have one in this
   */
  elsewhere: (channel: string, messages: readonly Message[]) => void;
  /** What Redis calls the channel of a room; null: there are no other nodes. */
  channelOf: (room: string) => string | null;
}

/** What the adapter's types do not tell; fanout.test.ts fails when it is no longer so. */
interface ClusterAdapter {
  /** Followed by a room's name and another # it is the room's own. */
  channel: string;
  publish?: (message: object) => void;
  onRawMessage: (raw: Buffer, channel: Buffer) => void;
  onMessage: (message: {
    type: number;
    uid: string;
    data: { packet?: { data?: unknown } };
  }) => void;
  uid: string;
}
/** The sender's name stands among the last bytes of a message. */
const ENVELOPE_BYTES = 64;
const BROADCAST = 3;
const EVENT = 2;
/** The name under which messages travel between nodes; no client ever sees it. */
const BUNDLE = 'bundle';

export function createDelivery(io: LiveServer): Delivery {
  const { adapter } = io.of('/');

  const toRoom = createLanes(io);
  const has = (room: string) => adapter.rooms.has(room);
  const here = ([room, text]: Message) => {
    if (has(room)) toRoom(room, frameOf(text));
  };

  const cluster = adapter as unknown as ClusterAdapter;
  if (cluster.publish) {
    const readAll = cluster.onRawMessage.bind(cluster);
    const own = Buffer.from(`"uid":"${cluster.uid}"`);
    cluster.onRawMessage = (raw, channel) => {
      // Redis brings a node its own messages too: not worth parsing three views to find out.
      if (!raw.includes(own, Math.max(0, raw.length - ENVELOPE_BYTES))) readAll(raw, channel);
    };
    const others = cluster.onMessage.bind(cluster);
    cluster.onMessage = (message) => {
      const told = message.type === BROADCAST ? message.data.packet?.data : undefined;
      if (!Array.isArray(told) || told[0] !== BUNDLE) return others(message);
      if (message.uid !== cluster.uid) for (const one of told[1] as Message[]) here(one);
    };
  }

  return {
    has,
    here,
    channelOf: (room) => (cluster.publish ? `${cluster.channel}${room}#` : null),
    elsewhere: (channel, messages) => {
      cluster.publish?.({
        type: BROADCAST,
        data: {
          packet: { type: EVENT, data: [BUNDLE, messages] },
          opts: { rooms: [channel], except: [], flags: {} },
        },
      });
    },
  };
}

/** One face's socket, with everything that came over it as it came: packets, sizes, order (T1). */
import { Manager, type ManagerOptions, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#protocol/messages.ts';
import type { Counts, HostView, View } from '#protocol/views.ts';
import { handshakeOf, type Key } from '../setup/key.ts';

export interface Line {
  socket: Socket<ServerEvents, ClientEvents>;
  /** What it came with, or was given. */
  credential: string;
  /** The newest view. The host's fields are there when it is the host's line. */
  view: () => HostView;
  /** The counts as this face shows them: of the newest view or tick. */
  newest: () => Counts;
  /** Sends a command and waits for its answer, which is recorded as well. */
  ask: <T>(event: string, ...payload: unknown[]) => Promise<T>;
  /** Waits until the server has asked the store something after all that it did before. Not recorded. */
  fence: () => Promise<void>;
  close: () => void;
}

interface Raw {
  emitWithAck: (event: string, ...payload: unknown[]) => Promise<unknown>;
}

/** An acknowledgement on the wire; it is recorded with the question instead. */
const ACK = /^3\d*\[/;

/**
 * @param packets where every packet is written, with its type; pings, which follow real time, are not
 */
export async function connectLine(
  url: string,
  role: View['audience'],
  key: Key,
  packets: string[] = [],
  more: Partial<ManagerOptions> = {},
): Promise<Line> {
  const manager = new Manager(url, {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    ...more,
  });
  const socket: Socket<ServerEvents, ClientEvents> = manager.socket('/', {
    auth: handshakeOf(role, key),
  });
  let newest: View | null = null;
  let credential = typeof key === 'string' ? key : '';
  let counts: Counts = { present: 0, seats: 0, answered: null };
  const take = (view: View) => {
    newest = view;
    counts = view.counts;
  };
  socket.on('view', take);
  socket.on('tick', (tick) => (counts = tick.counts));
  const welcomed = new Promise<void>((resolve, reject) => {
    socket.on('welcome', (view, _own, joined) => {
      take(view);
      credential = joined?.seat ?? credential;
      resolve();
    });
    socket.once('connect_error', reject);
  });
  socket.connect();
  manager.engine.on('packet', ({ type, data }) => {
    const text = String(data ?? '');
    if (type !== 'ping' && !ACK.test(text)) packets.push(`${type} ${text}`);
  });
  const send = (event: string, payload: unknown[]) =>
    (socket.timeout(8000) as unknown as Raw).emitWithAck(event, ...payload);
  await welcomed;
  return {
    socket,
    credential,
    view: () => newest as HostView,
    newest: () => counts,
    ask: async <T>(event: string, ...payload: unknown[]) => {
      const reply = await send(event, payload);
      packets.push(`${event} ${JSON.stringify(reply)}`);
      const synced = (reply as { view?: View }).view;
      if (synced) take(synced);
      return reply as T;
    },
    fence: async () => {
      await send('sync', []);
    },
    close: () => {
      socket.close();
    },
  };
}

/** Where two transcripts part, in a few words; null when they are the same. */
export function firstDifference(one: readonly string[], two: readonly string[]): string | null {
  const at = one.findIndex((packet, index) => packet !== two[index]);
  if (at < 0 && one.length === two.length) return null;
  const [a = '', b = ''] = at < 0 ? [] : [one[at], two[at]];
  const from = [...a].findIndex((char, index) => char !== b[index]);
  const around = (packet: string) =>
    `${packet.slice(0, 40)} … ${packet.slice(Math.max(0, from - 60), from + 60)}`;
  return `packet ${at} of ${one.length} and ${two.length}:\n${around(a)}\n${around(b)}`;
}

/**
 * One frame for many sockets: encoded once, and written straight to each connection that waits for
 * nothing. Socket.IO's own broadcast encodes once too, but walks through five layers per socket and writes
 * head and body apart: 2.6 times the CPU of a raw `ws` loop, this 1.5 to 1.7 times (`npm run bench -- steps`).
 */
import type { Socket as NetSocket } from 'node:net';
import type { LiveSocket } from './server.ts';

export type Connection = LiveSocket['conn'];

export interface Frame {
  /** The Socket.IO packet. */
  text: string;
  /** The same as an unmasked WebSocket text frame around an Engine.IO message. */
  bytes: Buffer;
  /** The same as Engine.IO takes it for a socket that is not a WebSocket, or waits. */
  options: { wsPreEncodedFrame: Buffer[]; compress: false };
}

/** What the types of Engine.IO and `ws` do not tell; frame.test.ts fails when it is no longer so. */
interface Inside {
  readyState: string;
  writeBuffer: unknown[];
  transport: {
    name: string;
    writable: boolean;
    socket?: { readyState: number; _socket?: NetSocket };
  };
}
const OPEN = 1;

/** @param payload becomes JSON */
export function eventText(event: string, payload: unknown): string {
  return `2${JSON.stringify([event, payload])}`;
}

export function frameOf(text: string): Frame {
  const body = `4${text}`;
  const length = Buffer.byteLength(body);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + length);
  bytes[0] = 0x81;
  bytes[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head === 4) bytes.writeUInt16BE(length, 2);
  if (head === 10) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.write(body, head);
  return { text, bytes, options: { wsPreEncodedFrame: [bytes], compress: false } };
}

/**
 * Everything else that is sent to a connection, answers, welcomes and pings, as one piece as well: `ws`
 * writes head and body apart, a system call that takes several times as long for a hundred bytes.
 */
export function writeWhole(conn: Connection): void {
  conn.on('packetCreate', (packet: Packet) => {
    const { type, data, options } = packet;
    if (options.wsPreEncodedFrame || conn.transport.name !== 'websocket') return;
    if (type === 'ping') Object.assign(options, PING);
    if (type === 'message' && typeof data === 'string')
      Object.assign(options, frameOf(data).options);
  });
}
const PING = { wsPreEncodedFrame: [Buffer.from([0x81, 1, 0x32])] };
interface Packet {
  type: string;
  data?: unknown;
  options: { wsPreEncodedFrame?: Buffer[] };
}

/** The TCP socket under a WebSocket. */
export function lineOf(conn: Connection): NetSocket | null {
  return (conn as unknown as Inside).transport.socket?._socket ?? null;
}

/**
 * Sends to one connection, after everything that was sent to it before. Whoever does not read goes the
 * long way, where what waits is counted (R7, backlog.ts).
 * @param held what was sent before is only held back (together.ts). @returns whether it went the short way
 */
export function sendFrame(conn: Connection, frame: Frame, held = false): boolean {
  const { readyState, writeBuffer, transport } = conn as unknown as Inside;
  const { socket } = transport;
  const line = socket?._socket;
  if (
    line &&
    (held || (line.writableLength === 0 && transport.writable)) &&
    transport.name === 'websocket' &&
    socket?.readyState === OPEN &&
    readyState === 'open' &&
    writeBuffer.length === 0
  ) {
    line.write(frame.bytes);
    return true;
  }
  // Engine.IO writes into the options.
  if (readyState === 'open') conn.write(frame.text, { ...frame.options });
  return false;
}

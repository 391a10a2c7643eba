/** A WebSocket made by hand, over a bare TCP socket: it can say what no library would, and costs little. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Ack } from '#protocol/messages.ts';
import type { Audience } from '#protocol/views.ts';
import { PLACE } from '#protocol/wire.ts';
import { handshakeOf, placeFor, type Key } from '../setup/key.ts';

export const TEXT = 1;
export const CONTINUATION = 0;
export const BINARY = 2;

export interface Wire {
  /** For whoever stops reading, or writes bytes that are no frame. */
  tcp: Socket;
  text: (message: string) => void;
  frame: (opcode: number, payload: Buffer, final?: boolean) => void;
  /** Resolves when the server has hung up. */
  gone: Promise<void>;
  isGone: () => boolean;
  close: () => void;
}

/**
 * Shakes hands and resolves when the server has taken it.
 * @param hear told of every text message, whole
 * @throws Error with the server's first line when it refuses
 */
export function openWire(
  url: string,
  hear: (message: string) => void,
  place = 'aa',
  headers: Record<string, string> = {},
): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const tcp = connect(Number(port), hostname);
  tcp.setNoDelay(true);
  const lines = {
    Host: `${hostname}:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  const path = `/socket.io/?EIO=4&transport=websocket&${PLACE}=${place}`;
  tcp.write(`GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`);
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    tcp.on('close', () => {
      gone = true;
      resolve();
    });
  });
  const frame: Wire['frame'] = (opcode, payload, final = true) => {
    if (!gone && tcp.writable) tcp.write(encode(opcode, payload, final));
  };
  const wire: Wire = {
    tcp,
    frame,
    text: (message) => frame(TEXT, Buffer.from(message)),
    gone: ended,
    isGone: () => gone,
    close: () => tcp.destroy(),
  };
  return new Promise((resolve, reject) => {
    let held: Buffer = Buffer.alloc(0);
    let open = false;
    tcp.on('error', reject);
    tcp.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (!open) {
        const end = held.indexOf('\r\n\r\n');
        if (end < 0) return;
        const first = held.subarray(0, held.indexOf('\r\n')).toString();
        if (!first.includes(' 101 ')) {
          tcp.destroy();
          return reject(new Error(first));
        }
        open = true;
        held = held.subarray(end + 4);
        resolve(wire);
      }
      held = decode(held, (opcode, payload) => {
        if (opcode === TEXT) hear(payload.toString());
        // The server hangs up, and waits for nobody who does not answer.
        else if (opcode === 8) tcp.destroy();
      });
    });
    void ended.then(() => reject(new Error('hung up')));
  });
}

export interface WireFace extends Wire {
  /** Everything the server said, as it came on the wire. */
  heard: string[];
  /** Sends a command and gives its answer; undefined when none comes within 5 s. */
  ask: (event: string, payload?: unknown) => Promise<Ack | undefined>;
}

/** A face of a session, welcomed. @throws Error with the reason when it is refused */
export async function connectWire(
  url: string,
  role: Audience,
  key: Key,
  remember = true,
): Promise<WireFace> {
  const heard: string[] = [];
  const waiting = new Map<number, (reply: Ack) => void>();
  let id = 0;
  let welcomed: () => void = () => undefined;
  let refused: (error: Error) => void = () => undefined;
  const welcome = new Promise<void>((resolve, reject) => {
    welcomed = resolve;
    refused = reject;
  });
  const opened = openWire(
    url,
    (message) => {
      if (remember) heard.push(message);
      if (message.startsWith('0{')) {
        const auth = JSON.stringify(handshakeOf(role, key));
        void opened.then((wire) => wire.text(`40${auth}`));
      } else if (message === '2') void opened.then((wire) => wire.text('3'));
      else if (message.startsWith('42["welcome"')) welcomed();
      else if (message.startsWith('44')) refused(new Error(message.slice(2)));
      else if (message.startsWith('43')) {
        const [, at = '', body = '[]'] = /^43(\d*)(.*)$/s.exec(message) ?? [];
        waiting.get(Number(at))?.((JSON.parse(body) as [Ack])[0]);
      }
    },
    placeFor(key),
  );
  const wire = await opened;
  void wire.gone.then(() => refused(new Error('hung up')));
  await welcome;
  return {
    ...wire,
    heard,
    ask: (event, payload) =>
      new Promise((resolve) => {
        const own = id++;
        const end = (reply?: Ack) => {
          clearTimeout(timer);
          waiting.delete(own);
          resolve(reply);
        };
        const timer = setTimeout(end, 5_000);
        waiting.set(own, end);
        void wire.gone.then(() => end());
        const all = payload === undefined ? [event] : [event, payload];
        wire.text(`42${own}${JSON.stringify(all)}`);
      }),
  };
}

/** A client's frame: masked, as every server demands. */
export function encode(opcode: number, payload: Buffer, final = true): Buffer {
  const { length } = payload;
  const mask = randomBytes(4);
  const size =
    length < 126
      ? Buffer.from([0x80 | length])
      : length < 65_536
        ? Buffer.from([0xfe, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([0xff, 0, 0, 0, 0]), sizeOf(length)]);
  const body = payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode]), size, mask, body]);
}

function sizeOf(length: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  return size;
}

/** @returns what is left of an unfinished frame */
function decode(bytes: Buffer, take: (opcode: number, payload: Buffer) => void): Buffer {
  let at = 0;
  for (;;) {
    if (bytes.length - at < 2) break;
    const [first = 0, second = 0] = bytes.subarray(at);
    const short = second & 127;
    const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
    if (bytes.length < start) break;
    const length =
      short === 126
        ? bytes.readUInt16BE(at + 2)
        : short === 127
          ? Number(bytes.readBigUInt64BE(at + 2))
          : short;
    if (bytes.length < start + length) break;
    take(first & 15, bytes.subarray(start, start + length));
    at = start + length;
  }
  return bytes.subarray(at);
}

/** A WebSocket that can say what no library would, and a face of a session over it. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Ack } from '#protocol/messages.ts';
import type { Audience } from '#protocol/views.ts';
import { PLACE } from '#protocol/wire.ts';
import { openWire as open } from '../bench/wire.ts';
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
  /** What it does when the server says goodbye: hangs up, unless told otherwise. */
  goodbye: () => void;
}

/**
 * Shakes hands and resolves when the server has taken it.
 * @param hear told of every text message, whole
 * @throws Error with the server's first line when it refuses
 */
export async function openWire(
  url: string,
  hear: (message: string) => void,
  place = 'aa',
  headers: Record<string, string> = {},
): Promise<Wire> {
  const { hostname, port } = new URL(url);
  const path = `/socket.io/?EIO=4&transport=websocket&${PLACE}=${place}`;
  let wire: Wire | null = null;
  let gone = false;
  let hungUp: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (hungUp = resolve));
  const { tcp } = await open(
    Number(port),
    path,
    (bytes, from, to) => hear(bytes.toString('utf8', from, to)),
    () => {
      gone = true;
      hungUp();
    },
    // The server hangs up, and waits for nobody who does not answer.
    { host: hostname, headers, onGoodbye: () => wire?.goodbye() },
  );
  const frame: Wire['frame'] = (opcode, payload, final = true) => {
    if (!gone && tcp.writable) tcp.write(encode(opcode, payload, final));
  };
  return (wire = {
    tcp,
    frame,
    text: (message) => frame(TEXT, Buffer.from(message)),
    gone: ended,
    isGone: () => gone,
    close: () => tcp.destroy(),
    goodbye: () => tcp.destroy(),
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
  return Object.assign(wire, {
    heard,
    ask: (event: string, payload?: unknown) =>
      new Promise<Ack | undefined>((resolve) => {
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
  });
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

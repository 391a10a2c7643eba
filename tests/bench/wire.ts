/**
 * The tests' own WebSocket client. It costs next to nothing: text frames only, one buffer for all reads, a
 * mask of zeros; so thousands of phones fit into the process that makes the load. What no library would
 * say goes past it, over its TCP socket (../hostile/wire.ts).
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Wire {
  tcp: Socket;
  send: (text: string) => void;
  /** Reads no more. */
  pause: () => void;
  close: () => void;
}

/** All reads of all wires: each is looked at before the next is made. */
const shared = Buffer.allocUnsafe(256 * 1024);

interface More {
  host?: string;
  /** Of the upgrade's request, beside its own. */
  headers?: Record<string, string>;
  /** Told when the server says goodbye; left out, nothing happens. */
  onGoodbye?: () => void;
}

/**
 * @param onText told of every text message; the bytes are only good until it returns
 * @returns when the upgrade is answered
 * @throws Error with the server's first line when it refuses
 */
export function openWire(
  port: number,
  path: string,
  onText: (bytes: Buffer, from: number, to: number) => void,
  onClose: () => void = () => undefined,
  { host = '127.0.0.1', headers = {}, onGoodbye }: More = {},
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let upgraded = false;
    let rest: Buffer | null = null;
    const take = (bytes: Buffer) => {
      let at = 0;
      if (!upgraded) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return bytes;
        if (!bytes.subarray(0, 12).includes('101')) {
          reject(new Error(bytes.toString('utf8', 0, bytes.indexOf('\r\n'))));
          socket.destroy();
          return null;
        }
        upgraded = true;
        resolve({
          tcp: socket,
          send: (text) => socket.write(frameOf(text)),
          pause: () => socket.pause(),
          close: () => socket.destroy(),
        });
        at = end + 4;
      }
      at = eachFrame(bytes, at, onText, onGoodbye);
      return at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
    };
    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          const read = shared.subarray(0, length);
          const left = take(rest ? Buffer.concat([rest, read]) : read);
          rest = left === null ? null : Buffer.from(left);
          return true;
        },
      },
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('hung up'));
      onClose();
    });
    const key = randomBytes(16).toString('base64');
    const others = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${others.join('')}Upgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
  });
}

/** @returns where the first frame begins that is not yet whole */
function eachFrame(
  bytes: Buffer,
  at: number,
  onText: (bytes: Buffer, from: number, to: number) => void,
  onGoodbye?: () => void,
): number {
  for (;;) {
    if (bytes.length - at < 2) return at;
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    let from = at + 2;
    if (length === 126) {
      if (bytes.length - at < 4) return at;
      length = bytes.readUInt16BE(at + 2);
      from = at + 4;
    } else if (length === 127) {
      if (bytes.length - at < 10) return at;
      length = Number(bytes.readBigUInt64BE(at + 2));
      from = at + 10;
    }
    const to = from + length;
    if (to > bytes.length) return at;
    const opcode = (bytes[at] ?? 0) & 0x0f;
    if (opcode === 1) onText(bytes, from, to);
    else if (opcode === 8) onGoodbye?.();
    at = to;
  }
}

function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + length);
  frame[0] = 0x81;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.write(text, head);
  return frame;
}

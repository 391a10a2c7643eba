/**
 * A WebSocket client that costs next to nothing: text frames only, one buffer for all reads, a mask of
 * zeros. So thousands of phones fit into the process that makes the load.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export interface Wire {
  send: (text: string) => void;
  /** Reads no more. */
  pause: () => void;
  close: () => void;
}

/** All reads of all wires: each is looked at before the next is made. */
const shared = Buffer.allocUnsafe(256 * 1024);

/**
 * @param onText told of every text message; the bytes are only good until it returns
 * @returns when the upgrade is answered
 */
export function openWire(
  port: number,
  path: string,
  onText: (bytes: Buffer, from: number, to: number) => void,
  onClose: () => void = () => undefined,
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
          reject(new Error(bytes.subarray(0, 40).toString()));
          socket.destroy();
          return null;
        }
        upgraded = true;
        resolve({
          send: (text) => socket.write(frameOf(text)),
          pause: () => socket.pause(),
          close: () => socket.destroy(),
        });
        at = end + 4;
      }
      at = eachFrame(bytes, at, onText);
      return at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
    };
    const socket = connect({
      host: '127.0.0.1',
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
    socket.on('close', onClose);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
  });
}

/** @returns where the first frame begins that is not yet whole */
function eachFrame(
  bytes: Buffer,
  at: number,
  onText: (bytes: Buffer, from: number, to: number) => void,
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
    if (((bytes[at] ?? 0) & 0x0f) === 1) onText(bytes, from, to);
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

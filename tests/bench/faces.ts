/** Phones, hosts and screens as the server sees them: Engine.IO and Socket.IO packets, written by hand. */
import type { HostCommand, BallotCommand } from '#protocol/messages.ts';
import type { HostView, View } from '#protocol/views.ts';
import { handshakeOf, type Key } from '../setup/key.ts';
import { openWire } from './wire.ts';

export interface Face {
  /** What it came with, or was given. */
  credential: string;
  /** Messages by the first letters of their event: views, welcomes included, and ticks. */
  views: number;
  ticks: number;
  /** All frames and bytes that came, pings aside. */
  frames: number;
  bytes: number;
  /** When the newest view came, as performance.now() tells. */
  viewedAt: number;
  /** The newest view as text, kept only where `keeps` was asked for. */
  text: string;
  view: () => HostView;
  /** Resolves with the next view that comes. */
  nextView: () => Promise<void>;
  ballot: (command: BallotCommand) => Promise<string>;
  command: (command: HostCommand) => Promise<string>;
  close: () => void;
}

const [V, T, W] = [...'vtw'].map((letter) => letter.charCodeAt(0));
const [ZERO, TWO, THREE, FOUR] = [...'0234'].map((digit) => digit.charCodeAt(0));

/** @param onView told of every view, after it was counted */
export async function connectFace(
  port: number,
  role: View['audience'],
  key: Key,
  onView: (face: Face) => void = () => undefined,
  keeps = role === 'host',
): Promise<Face> {
  const asked = new Map<number, (reply: string) => void>();
  const waiting: (() => void)[] = [];
  let id = 0;
  let welcomed: () => void = () => undefined;
  let refused: (error: Error) => void = () => undefined;
  const welcome = new Promise<void>((resolve, reject) => {
    welcomed = resolve;
    refused = reject;
  });
  const ask = (event: string, payload: object) =>
    new Promise<string>((resolve) => {
      id += 1;
      asked.set(id, resolve);
      wire.send(`42${id}["${event}",${JSON.stringify(payload)}]`);
    });
  const face: Face = {
    credential: typeof key === 'string' ? key : '',
    views: 0,
    ticks: 0,
    frames: 0,
    bytes: 0,
    viewedAt: 0,
    text: '',
    view: () => viewIn(face.text),
    nextView: () => new Promise((resolve) => waiting.push(resolve)),
    ballot: (command) => ask('ballot', command),
    command: (command) => ask('command', command),
    close: () => wire.close(),
  };
  const onMessage = (bytes: Buffer, from: number, to: number) => {
    face.frames += 1;
    face.bytes += to - from;
    if (bytes[from + 1] === THREE) return answered(bytes.toString('latin1', from + 2, to));
    if (bytes[from + 1] === FOUR) return refused(new Error(bytes.toString('utf8', from, to)));
    if (bytes[from + 1] !== TWO) return;
    const event = bytes[from + 4];
    if (event === T) face.ticks += 1;
    if (event !== V && event !== W) return;
    face.views += 1;
    face.viewedAt = performance.now();
    if (keeps) face.text = bytes.toString('utf8', from, to);
    if (event === W) {
      if (face.credential === '') face.credential = seatGiven(bytes.toString('latin1', from, to));
      welcomed();
    }
    onView(face);
    for (const resolve of waiting.splice(0)) resolve();
  };
  const answered = (packet: string) => {
    const open = packet.indexOf('[');
    const number = Number(packet.slice(0, open));
    asked.get(number)?.(packet.slice(open + 1, -1));
    asked.delete(number);
  };
  const auth = `40${JSON.stringify(handshakeOf(role, key))}`;
  const wire = await openWire(
    port,
    '/socket.io/?EIO=4&transport=websocket',
    (bytes, from, to) => {
      if (bytes[from] === ZERO) queueMicrotask(() => wire.send(auth));
      else if (bytes[from] === TWO) wire.send('3');
      else if (bytes[from] === FOUR) onMessage(bytes, from, to);
    },
    () => refused(new Error('it hung up')),
  );
  await welcome;
  return face;
}

/** The credential at the end of a welcome; parsed no further, for thousands come at once. */
function seatGiven(packet: string): string {
  return /"seat":"([\w.-]+)","code":"\w+"\}\]$/.exec(packet)?.[1] ?? '';
}

/** The view inside a `42["view",…]` or `42["welcome",…,seat]` packet. */
function viewIn(text: string): HostView {
  const [, view] = JSON.parse(text.slice(2)) as [string, HostView];
  return view;
}

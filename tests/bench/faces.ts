/** Phones, hosts and screens as the server sees them: Engine.IO and Socket.IO packets, written by hand. */
import { PROTOCOL } from '#protocol/wire.ts';
import type { HostCommand, BallotCommand } from '#protocol/messages.ts';
import type { HostView, View } from '#protocol/views.ts';
import { openWire } from './wire.ts';

export interface Face {
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
  credential: string,
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
    if (event === W) welcomed();
    onView(face);
    for (const resolve of waiting.splice(0)) resolve();
  };
  const answered = (packet: string) => {
    const open = packet.indexOf('[');
    const number = Number(packet.slice(0, open));
    asked.get(number)?.(packet.slice(open + 1, -1));
    asked.delete(number);
  };
  const auth = `40${JSON.stringify({ protocol: PROTOCOL, role, credential })}`;
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

/** The view inside a `42["view",…]` or `42["welcome",…,seat]` packet. */
function viewIn(text: string): HostView {
  const [, view] = JSON.parse(text.slice(2)) as [string, HostView];
  return view;
}

/** A session over real sockets, without a browser: a host, a screen, participants. */
import { io, type Socket } from 'socket.io-client';
import { PLACE } from '#protocol/wire.ts';
import type { Choice } from '#core/round.ts';
import type {
  Ack,
  BallotCommand,
  ClientEvents,
  CreateReply,
  HostCommand,
  JoinReply,
  SeatState,
  ServerEvents,
} from '#protocol/messages.ts';
import type { HostView, ParticipantView, ScreenView, Tick, View } from '#protocol/views.ts';
import { askSeat, handshakeOf, newNonce, placeFor, seatIn, type Key } from './key.ts';

export { newNonce };

export interface Frame {
  event: string;
  payload: unknown;
}

/** One connected face and everything it received, in order. */
export interface Face<V extends View> {
  socket: Socket<ServerEvents, ClientEvents>;
  frames: Frame[];
  /** The newest view; throws before the first. */
  view: () => V;
  seat: () => SeatState | null;
  ticks: () => Tick[];
  /** Waits until the newest view satisfies `test`, at most 8 s. */
  until: (test: (view: V) => boolean) => Promise<V>;
  close: () => void;
}

export async function createSession(
  url: string,
  options: Partial<Record<'workshop' | 'language' | 'plan' | 'policy', string>> & {
    rehearsal?: boolean;
  } = {},
): Promise<CreateReply> {
  const body = { workshop: 'staff-or-em', language: 'en', plan: 'full', policy: 'standard' };
  return posted<CreateReply>(`${url}/api/sessions`, { ...body, ...options });
}

/** Takes a seat and hangs up. */
export async function joinSeat(url: string, room: string, nonce = newNonce()): Promise<JoinReply> {
  const reply = await askSeat(url, { room, nonce });
  if (!reply.ok) throw new Error(`the seat was refused: ${reply.reason}`);
  return reply;
}

/** Posts JSON and returns the reply, whatever it says. */
export async function post(url: string, body: unknown): Promise<{ status: number; reply: Ack }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, reply: (await response.json()) as Ack };
}

export function connectHost(url: string, credential: string) {
  return connect<HostView>(url, 'host', credential);
}
export function connectScreen(url: string, credential: string) {
  return connect<ScreenView>(url, 'screen', credential);
}
export function connectSeat(url: string, key: Key, language?: string) {
  return connect<ParticipantView>(url, 'participant', key, language);
}

/** `count` participants join. */
export function connectPeople(url: string, code: string, count: number) {
  return Promise.all(Array.from({ length: count }, () => connectSeat(url, seatIn(code))));
}

/** Sends one host command. */
export function command(host: Face<HostView>, request: HostCommand): Promise<Ack> {
  return host.socket.timeout(5000).emitWithAck('command', request);
}

/** Presses the primary action once, confirming a close. @returns false at the end of the agenda */
export async function pressNext(host: Face<HostView>): Promise<boolean> {
  const { cursor, next, revision } = host.view();
  if (!next) return false;
  const reply = await command(host, { do: 'move', from: cursor, to: next, confirm: true });
  if (!reply.ok) throw new Error(`the press was refused: ${reply.reason}`);
  await host.until((view) => view.revision > revision);
  return true;
}

/** Jumps to the first step of this kind, then presses the primary action until it is at this stage. */
export async function goTo(host: Face<HostView>, kind: string, stage: string): Promise<HostView> {
  const there = () => host.view().slide.kind === kind && host.view().cursor.stage === stage;
  const { agenda, cursor, slide, revision } = host.view();
  const to = agenda.find((entry) => entry.kind === kind)?.landing;
  if (slide.kind !== kind && to) {
    await command(host, { do: 'move', from: cursor, to });
    await host.until((view) => view.revision > revision);
  }
  while (!there())
    if (!(await pressNext(host))) throw new Error(`the agenda has no ${kind} at ${stage}`);
  return host.view();
}

/** Sends a ballot in the open round. */
export function vote(
  face: Face<ParticipantView>,
  choice: Choice,
  change: Partial<BallotCommand> = {},
): Promise<Ack<{ version: number }>> {
  const question = face.view().round?.question ?? 'none';
  const ballot = { question, version: 1, nonce: newNonce(), choice, ...change };
  return face.socket.timeout(5000).emitWithAck('ballot', ballot);
}

async function connect<V extends View>(
  url: string,
  role: V['audience'],
  key: Key,
  language?: string,
): Promise<Face<V>> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    auth: handshakeOf(role, key, language),
    query: { [PLACE]: placeFor(key) },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  });
  const frames: Frame[] = [];
  let newest: V | null = null;
  let seat: SeatState | null = null;
  let changed: () => void = () => undefined;
  const take = (view: View) => {
    newest = view as V;
    changed();
  };
  socket.onAny((event: string, payload: unknown) => frames.push({ event, payload }));
  socket.on('view', take);
  await new Promise<void>((resolve, reject) => {
    socket.on('welcome', (view, own, joined) => {
      seat = own;
      if (joined) socket.auth = handshakeOf(role, joined.seat, language);
      take(view);
      resolve();
    });
    socket.once('connect_error', (error) => {
      const refusal = error as Error & { data?: { reason: string } };
      reject(new Error(refusal.data?.reason ?? error.message));
      if (refusal.data) socket.close();
    });
  });
  const view = () => {
    if (!newest) throw new Error('no view yet');
    return newest;
  };
  return {
    socket,
    frames,
    view,
    seat: () => seat,
    ticks: () =>
      frames.filter(({ event }) => event === 'tick').map(({ payload }) => payload as Tick),
    until: async (test) => {
      const limit = AbortSignal.timeout(8000);
      while (!test(view())) {
        await new Promise<void>((resolve, reject) => {
          changed = resolve;
          limit.addEventListener('abort', () => {
            reject(new Error(`waited in vain; the view is ${JSON.stringify(view().cursor)}`));
          });
        });
      }
      return view();
    },
    close: () => socket.close(),
  };
}

async function posted<T extends object>(url: string, body: unknown): Promise<T> {
  const { reply } = await post(url, body);
  if (!reply.ok) throw new Error(`${url} was refused: ${reply.reason}`);
  return reply as unknown as T;
}

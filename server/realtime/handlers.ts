/** Commands in. Every handler parses first, answers always, and fails in one shape. */
import type { z } from 'zod';
import {
  ballotCommand,
  endCommand,
  hostCommand,
  keyCommand,
  type Ack,
  type Receipt,
  type SeatState,
} from '#protocol/messages.ts';
import type { Report } from '#protocol/report.ts';
import type { View } from '#protocol/views.ts';
import { buildReport } from '../report.ts';
import { StoreUnavailable } from '../store/store.ts';
import { buildView } from '../views.ts';
import { createAllowance } from './allowance.ts';
import { cutOff } from './backlog.ts';
import type { Broadcast } from './broadcast.ts';
import { lineOf } from './frame.ts';
import { languageOf, type Identity } from './handshake.ts';
import type { Offenders } from './offenders.ts';
import type { Pulse } from './pulse.ts';
import type { LiveSocket, RealtimeDeps } from './server.ts';

export interface HandlerContext extends RealtimeDeps {
  offenders: Offenders;
  broadcast: Broadcast;
  pulse: Pulse;
}

type Answer =
  | Ack
  | Ack<{ version: number }>
  | Ack<{ receipt: Receipt }>
  | Ack<{ report: Report }>
  | Ack<{ view: View; seat: SeatState | null }>;

/** Takes a command's payload, unparsed, to its answer. */
type Handler = (payload: unknown) => Promise<Answer>;

/** Every command of this socket's role; the role comes from the handshake alone (S4). */
export function handlersFor(context: HandlerContext, who: Identity): Record<string, Handler> {
  const sync = { sync: () => answerSync(context, who) };
  switch (who.role) {
    case 'screen':
      return sync;
    case 'host':
      return { ...sync, ...hostHandlers(context, who.sid, who.key) };
    case 'participant':
      return { ...sync, ...seatHandlers(context, who.sid, who.seat) };
  }
}

/** Answers each command within the socket's allowance; a client that keeps breaking the rules is sent away (S7). */
export function listen(context: HandlerContext, socket: LiveSocket): void {
  const { log, clock, offenders } = context;
  // Made with the first command: most sockets of a crowd say nothing for minutes.
  let handlers: Record<string, Handler> | null = null;
  const allowance = createAllowance(socket.data.role, clock.now);
  const sendAway = () => {
    offenders.offended(socket.request);
    cutOff(socket);
  };
  const offence = () => {
    if (!allowance.forgive()) sendAway();
  };
  // A packet that Socket.IO does not understand; none of ours waits for a last word.
  socket.on('error', () => {
    sendAway();
    lineOf(socket.conn)?.destroy();
  });
  socket.onAny((event: string, ...received: unknown[]) => {
    const ack = received.at(-1);
    handlers ??= handlersFor(context, socket.data);
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
    if (typeof ack !== 'function' || !handler) return offence();
    const reply = ack as (answer: Answer) => void;
    if (!allowance.take()) {
      // Answered before it is cut off: an honest client waits when it hears this.
      reply({ ok: false, reason: 'slow-down' });
      if (!allowance.overrun()) sendAway();
      return;
    }
    handler(received[0]).then(
      (answer) => {
        reply(answer);
        if (answer.ok) return;
        if (answer.reason === 'malformed') offence();
        if (answer.reason === 'revoked') cutOff(socket);
      },
      (error: unknown) => {
        if (!(error instanceof StoreUnavailable)) log.fault(event, error, socket.data.sid);
        reply({ ok: false, reason: 'try-again' });
      },
    );
  });
}

function seatHandlers(context: HandlerContext, sid: string, seat: string) {
  const { live, pulse } = context;
  return {
    ballot: parsed(ballotCommand, async (command) => {
      const reply = await live.ballot(sid, seat, command);
      if (reply.ok) pulse.stir(sid);
      return reply;
    }),
  };
}

function hostHandlers(context: HandlerContext, sid: string, by: string) {
  const { store, live, sessions, rooms, broadcast, pulse, metrics, log, onPoint } = context;
  return {
    command: parsed(hostCommand, async (command) => {
      const { changed, ...reply } = await live.command(sid, by, command, broadcast.channelOf(sid));
      metrics.commands.inc({ result: reply.ok ? 'ok' : reply.reason });
      if (changed) {
        // A tick follows in any case: whoever misses the view, or a store that goes away before it can
        // be made, is noticed within 5 s; and no tick after it tells of a tap alone (DISC-6).
        pulse.stir(sid);
        await broadcast.views(sid, changed);
        await onPoint('before-reply', sid);
      }
      return reply;
    }),
    key: parsed(keyCommand, async (key): Promise<Answer> => {
      const { result, revoked } = await store.newKey(sid, by, key);
      // After the answer: the console that hands over learns that it has worked before it is cut off.
      if (revoked.length > 0) setImmediate(() => broadcast.revoked(sid, revoked));
      if (result !== 'ok') return { ok: false, reason: result };
      log.event(`${key.role}-key`, { room: sid });
      return { ok: true };
    }),
    report: () => answerReport(context, sid),
    end: parsed(endCommand, async ({ code }): Promise<Answer> => {
      // The one thing that cannot be put right: not even in the instant before the cut (S3).
      if (await store.revoked(sid, 'host', by)) return { ok: false, reason: 'revoked' };
      const room = await rooms.get(sid);
      if (room && room.code !== code) return { ok: false, reason: 'not-allowed' };
      const ended = pulse.ending(sid);
      try {
        const receipt = await sessions.end(sid);
        if (!receipt) return { ok: false, reason: 'unknown-room' };
        log.event('session-ended', { room: sid });
        broadcast.ended(sid, receipt);
        return { ok: true, receipt };
      } finally {
        ended();
      }
    }),
  };
}

async function answerReport({ live, clock }: HandlerContext, sid: string): Promise<Answer> {
  const snapshot = await live.snapshot(sid);
  if (!snapshot) return { ok: false, reason: 'unknown-room' };
  return { ok: true, report: buildReport(snapshot, clock.now()) };
}

async function answerSync({ live, clock }: HandlerContext, data: Identity): Promise<Answer> {
  const snapshot = await live.sharedSnapshot(data.sid);
  if (!snapshot) return { ok: false, reason: 'unknown-room' };
  const seat =
    data.role === 'participant' ? await live.seatState(data.sid, data.seat, snapshot) : null;
  return { ok: true, view: buildView(data.role, snapshot, clock.now(), languageOf(data)), seat };
}

function parsed<T>(schema: z.ZodType<T>, handle: (command: T) => Promise<Answer>): Handler {
  return async (payload) => {
    const command = schema.safeParse(payload);
    return command.success ? handle(command.data) : { ok: false, reason: 'malformed' };
  };
}

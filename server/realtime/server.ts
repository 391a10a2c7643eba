/** The live protocol: one Socket.IO server, three roles, views out, commands in. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { ClientEvents, JoinReply, ServerEvents } from '#protocol/messages.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Entrance } from '../entrance.ts';
import type { Live } from '../live.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { inLanguage } from '../languages.ts';
import { fromOwnPage } from '../origins.ts';
import type { OnPoint } from '../points.ts';
import type { Rooms } from '../rooms.ts';
import type { Sessions } from '../sessions.ts';
import { StoreUnavailable, type Store } from '../store/store.ts';
import { within } from '../store/within.ts';
import { createFanout } from './adapter.ts';
import { boundBacklog, cutOff } from './backlog.ts';
import { createBroadcast, everyone, keyRoom, phonesIn, roomName } from './broadcast.ts';
import { createCrowd } from './crowd.ts';
import { createEncoded } from './encoded.ts';
import { frameOf, sendFrame, writeWhole } from './frame.ts';
import { authorise, Refused, type Identity } from './handshake.ts';
import { listen } from './handlers.ts';
import { createKeyholders, sendAwayIfRevoked } from './keyholders.ts';
import { createOffenders } from './offenders.ts';
import { createPulse } from './pulse.ts';
import { answerTogether } from './together.ts';
import { boundTraffic } from './traffic.ts';

export type LiveServer = Server<ClientEvents, ServerEvents, Record<string, never>, Identity>;
export type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, Identity>;

export interface RealtimeDeps {
  config: Config;
  store: Store;
  live: Live;
  rooms: Rooms;
  sessions: Sessions;
  entrance: Entrance;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  /** Names this process among the nodes; new at every start. */
  node: string;
  onPoint: OnPoint;
}

/** The part of Engine.IO's own socket that its types keep to themselves. */
interface Connection {
  id: string;
  request: IncomingMessage;
  once: (event: 'close', then: () => void) => void;
}

/** How long a stop waits for clients to hang up. */
const GOODBYE_MS = 1_000;

/** The largest command is an assessment's ballot: about 400 bytes. */
const MAX_PACKET_BYTES = 4096;

export interface Realtime {
  io: LiveServer;
  /**
   * Stops the timers and sends everyone away gently (SIGTERM).
   * @param cut ends the connections that are still there 1 s later
   */
  close: (cut: () => void) => Promise<void>;
}

export async function startRealtime(http: HttpServer, deps: RealtimeDeps): Promise<Realtime> {
  const { config, store, live, rooms, metrics, log, clock } = deps;
  const io: LiveServer = new Server(http, {
    maxHttpBufferSize: MAX_PACKET_BYTES,
    // A view is a few kilobytes of JSON: compressing it for every socket would cost more than it saves.
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => {
      const own = fromOwnPage(config, request);
      if (own) answerTogether(request);
      decide(null, own);
    },
  });
  const fanout =
    config.redisUrl === null
      ? null
      : await createFanout(config.redisUrl, log, undefined, () => metrics.heard.inc());
  if (fanout) io.adapter(fanout.adapter);
  io.engine.on('connection', writeWhole);
  /** The requests that connections began with: one that became a WebSocket later did so by another. */
  const begun = new Map<string, IncomingMessage>();
  io.engine.on('connection', (conn: Connection) => {
    begun.set(conn.id, conn.request);
    conn.once('close', () => begun.delete(conn.id));
  });
  const broadcast = createBroadcast(io, live, clock, deps.onPoint, fanout?.hears);
  const keyholders = createKeyholders(store);
  const pulse = createPulse(deps, broadcast, keyholders, () => fanout?.renew());
  const crowd = createCrowd();
  const encoded = createEncoded(clock);
  const offenders = createOffenders(config.trustProxy);
  const stopLooking = boundTraffic(http, (request) => {
    const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('sid');
    offenders.offended(begun.get(id ?? '') ?? request);
  });

  /** Told with the welcome; until then here alone, for nobody but its phone keeps a key in clear (S3). */
  const joining = new WeakMap<LiveSocket, JoinReply>();
  io.use((socket, next) => {
    offenders
      .admit(socket.request, socket.handshake.auth, (...asks) => authorise(deps, ...asks))
      .then(({ who, joined }) => {
        Object.assign(socket.data, who);
        if (joined) joining.set(socket, joined);
        next();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refused || error instanceof StoreUnavailable))
          log.fault('handshake', error);
        next(error instanceof Refused ? error : new Refused('try-again'));
      });
  });

  io.on('connection', (socket) => {
    welcome(socket).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) log.fault('welcome', error, socket.data.sid);
      // Nothing was shown yet: the client comes back by itself.
      socket.disconnect(true);
    });
  });

  async function welcome(socket: LiveSocket): Promise<void> {
    const { sid, role } = socket.data;
    metrics.sockets.inc({ role });
    boundBacklog(socket);
    const leave = crowd.enter(socket.data, () => cutOff(socket));
    const letGo = keyholders.enter(socket);
    socket.on('disconnect', () => {
      leave();
      letGo();
      metrics.sockets.dec({ role });
      pulse.left(socket.data);
    });
    // In the room before the snapshot is read: a change in between arrives as a newer view.
    const audience = await audienceOf(socket.data);
    if (audience) await socket.join(audience);
    await socket.join(everyone(sid));
    if (socket.data.role !== 'participant') await socket.join(keyRoom(sid, socket.data.key));
    listen({ ...deps, broadcast, pulse, offenders, socket });
    await pulse.arrived(socket.data);
    // Taken away since the handshake, and before anybody could have told this socket.
    if (await sendAwayIfRevoked(store, socket)) return;
    const snapshot = await live.sharedSnapshot(sid);
    if (!snapshot) {
      socket.emit('ended', { endedAt: new Date(clock.now()).toISOString(), seats: 0 });
      socket.disconnect(true);
      return;
    }
    const seat =
      socket.data.role === 'participant'
        ? await live.seatState(sid, socket.data.seat, snapshot)
        : null;
    const view = encoded(socket.data, snapshot);
    const joined = joining.get(socket);
    joining.delete(socket);
    const told = joined ? `,${JSON.stringify(joined)}` : '';
    sendFrame(socket.conn, frameOf(`2["welcome",${view},${JSON.stringify(seat)}${told}]`));
  }

  /** The room of those who see the same view; null when the session has ended. */
  async function audienceOf(who: Identity): Promise<string | null> {
    if (who.role !== 'participant') return roomName(who.sid, who.role);
    const room = await rooms.get(who.sid);
    return room && phonesIn(who.sid, inLanguage(room, who.language).language);
  }

  return {
    io,
    close: async (cut) => {
      pulse.stop();
      stopLooking();
      const gone = io.close();
      await within(gone, GOODBYE_MS).catch(cut);
      await within(gone, GOODBYE_MS).catch((error: unknown) => log.fault('close', error));
      await fanout?.close();
    },
  };
}

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
import { createArrivals } from './arrivals.ts';
import { boundBacklog, cutOff } from './backlog.ts';
import { createBroadcast, everyone, keyRoom, phonesIn, roomName } from './broadcast.ts';
import { createCrowd } from './crowd.ts';
import { writeWhole, type Connection } from './frame.ts';
import { authorise, Refused, type Identity } from './handshake.ts';
import { listen } from './handlers.ts';
import { lighten } from './light.ts';
import { createKeyholders } from './keyholders.ts';
import { createOffenders } from './offenders.ts';
import { createPulse } from './pulse.ts';
import { endOnGarbage, strictEngine } from './strict.ts';
import { answerTogether, holdBack } from './together.ts';
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
  const offenders = createOffenders(config.trustProxy);
  /** The requests that began with polling: one that becomes a WebSocket later does so by another. */
  const begun = new Map<string, IncomingMessage>();
  const offended = (request: IncomingMessage) => {
    const id = new URL(request.url ?? '', 'http://localhost').searchParams.get('sid');
    offenders.offended(begun.get(id ?? '') ?? request);
  };
  const io: LiveServer = new Server(http, {
    wsEngine: strictEngine(offended),
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
  lighten(http);
  const fanout =
    config.redisUrl === null
      ? null
      : await createFanout(config.redisUrl, log, undefined, () => metrics.heard.inc());
  if (fanout) io.adapter(fanout.adapter);
  io.engine.on('connection', writeWhole);
  io.engine.on('connection', (conn: Connection) => {
    endOnGarbage(conn, offended);
    if (conn.transport.name !== 'polling') return;
    // Engine.IO's types keep it to themselves.
    const { id } = conn as unknown as { id: string };
    begun.set(id, conn.request);
    conn.once('close', () => begun.delete(id));
  });
  const broadcast = createBroadcast(io, live, clock, deps.onPoint, fanout?.hears);
  const keyholders = createKeyholders(store);
  const pulse = createPulse(deps, broadcast, keyholders, () => fanout?.renew());
  const crowd = createCrowd();
  const arrive = createArrivals({ ...deps, onHeads: pulse.stir });
  const stopLooking = boundTraffic(http, offended);

  /** Until the welcome: what is told with it, for nobody but its phone keeps a key in clear (S3). */
  const entering = new WeakMap<LiveSocket, { joined: JoinReply | undefined; letGo: () => void }>();
  io.use((socket, next) => {
    offenders
      .admit(socket.request, socket.handshake.auth, (...asks) => authorise(deps, ...asks))
      .then(({ who, joined }) => {
        Object.assign(socket.data, who);
        entering.set(socket, { joined, letGo: holdBack(socket.conn) });
        next();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Refused || error instanceof StoreUnavailable))
          log.fault('handshake', error);
        next(error instanceof Refused ? error : new Refused('try-again'));
      });
  });

  io.on('connection', (socket) => {
    enter(socket).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) log.fault('welcome', error, socket.data.sid);
      // Nothing was shown yet: the client comes back by itself.
      socket.disconnect(true);
    });
  });

  const context = { ...deps, broadcast, pulse, offenders };
  async function enter(socket: LiveSocket): Promise<void> {
    const { data } = socket;
    const { sid, role } = data;
    const { joined, letGo } = entering.get(socket) ?? {};
    entering.delete(socket);
    metrics.sockets[role] += 1;
    boundBacklog(socket);
    void crowd.comesTooOften(data).then((often) => {
      if (often) offenders.offended(socket.request);
    });
    const leave = crowd.enter(data, () => cutOff(socket));
    const dropKey = keyholders.enter(socket);
    const seat = pulse.entered(data);
    socket.on('disconnect', () => {
      leave();
      dropKey();
      metrics.sockets[role] -= 1;
      pulse.left(data);
    });
    try {
      // In the rooms before the snapshot is read: a change in between arrives as a newer view.
      const audience = await audienceOf(data);
      const all = [everyone(sid), ...(audience === null ? [] : [audience])];
      await socket.join(data.role === 'participant' ? all : [...all, keyRoom(sid, data.key)]);
      listen(context, socket);
      await arrive(sid, { socket, seat, joined });
    } finally {
      letGo?.();
    }
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

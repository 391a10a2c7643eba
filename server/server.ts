/** The composition root: config → store → content → live → real time → http. Can be started on port 0 in a test. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { trackConnections } from './connections.ts';
import { loadContent } from './content.ts';
import { createEntrance } from './entrance.ts';
import { probeOf } from './health.ts';
import { createHttp } from './http.ts';
import { createLive } from './live.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { publicOrigin } from './origins.ts';
import { passBy, type OnPoint } from './points.ts';
import { startRealtime, type Realtime } from './realtime/server.ts';
import { createRooms } from './rooms.ts';
import { createSealer } from './seal.ts';
import { createSessions } from './sessions.ts';
import { openStore } from './store/open.ts';
import { within } from './store/within.ts';

/** The embedded store writes its last snapshot; a Redis that is away is not waited for. */
const STORE_CLOSE_MS = 4_000;

export interface Running {
  port: number;
  /** Where phones reach this server. */
  publicOrigin: string;
  /** Takes at most about 7 s, whatever clients and the store do (R5). */
  close: () => Promise<void>;
}

/**
 * @param clock only tests pass their own
 * @param onPoint only tests listen
 * @throws ContentError, StoreError, or the listen error of node:net
 */
export async function startServer(
  config: Config,
  clock: Clock = systemClock,
  onPoint: OnPoint = passBy,
): Promise<Running> {
  const log = createLog(config.logLevel);
  const content = await loadContent(config.contentDirs);
  const pages = await loadPages();
  const { store, secret } = await openStore(config, log);
  const probe = probeOf(store, clock.now);
  const metrics = createMetrics(probe);
  let port = config.port;
  const originNow = publicOrigin(config, clock, () => port);
  const rooms = createRooms(store, originNow, config.maxSeats);
  const sealer = createSealer(secret);
  const live = createLive({ store, rooms, sealer, clock, metrics, log, onPoint });
  const sessions = createSessions({ store, rooms, config, content, secret, clock });
  const entrance = createEntrance(sessions);
  const app = createHttp({
    config,
    content,
    sessions,
    entrance,
    probe,
    metrics,
    log,
    publicOrigin: originNow,
    pages,
  });
  const http = createServer(app);
  const node = randomBytes(9).toString('base64url');
  const shared = { config, store, live, rooms, sessions, entrance, clock, metrics, log };
  const deps = { ...shared, node, onPoint };
  const cut = trackConnections(http);
  const closeStore = () =>
    within(store.close(), STORE_CLOSE_MS).catch((error: unknown) => log.fault('close', error));
  let realtime: Realtime | undefined;
  try {
    realtime = await startRealtime(http, deps);
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(config.port, config.host, resolve);
    });
  } catch (error) {
    await realtime?.close(cut);
    await closeStore();
    throw error;
  }
  const { close } = realtime;
  port = (http.address() as AddressInfo).port;
  log.event('started');
  return {
    port,
    publicOrigin: originNow(),
    close: async () => {
      await close(cut);
      await closeStore();
    },
  };
}

/** The built pages, or null in development, where Vite serves them. */
async function loadPages(): Promise<RequestHandler | null> {
  const build = new URL('../build/handler.js', import.meta.url);
  if (!existsSync(build)) return null;
  const { handler } = (await import(build.href)) as { handler: RequestHandler };
  return handler;
}

/** Express: health, metrics, workshops, creating a session and looking at one; the pages last. */
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Reason } from '#protocol/reasons.ts';
import { createRequest, type Ack } from '#protocol/messages.ts';
import type { Config } from './config.ts';
import { summaries, workbookFor, type Installed } from './content.ts';
import { clientKey } from './clients.ts';
import { createCreations } from './creations.ts';
import type { Entrance } from './entrance.ts';
import { createGuessing, guarded, PASSPHRASES } from './guessing.ts';
import type { Log } from './log.ts';
import type { Metrics, Probe } from './metrics.ts';
import { originOfRequest } from './origins.ts';
import { sameText } from './same-text.ts';
import type { Sessions } from './sessions.ts';

interface Deps {
  config: Config;
  content: readonly Installed[];
  sessions: Sessions;
  entrance: Entrance;
  probe: Probe;
  metrics: Metrics;
  log: Log;
  publicOrigin: () => string;
  /** SvelteKit's handler, or null when the pages are served by Vite. */
  pages: RequestHandler | null;
}

const STATUS: Partial<Record<Reason, number>> = {
  'unknown-room': 404,
  malformed: 400,
  passphrase: 401,
  'slow-down': 429,
  'try-again': 503,
};

export function createHttp(deps: Deps): express.Express {
  const { config, content, sessions, entrance, probe, metrics, log } = deps;
  const passphrases = createGuessing(PASSPHRASES);
  const creations = createCreations(config.maxSessions);
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  // SvelteKit owns the Content-Security-Policy: two would intersect.
  app.use(helmet({ contentSecurityPolicy: false, xFrameOptions: { action: 'deny' } }));

  app.get('/healthz', async (_request, response) => {
    const storeAnswers = await probe.up();
    response.json({ status: storeAnswers ? 'ok' : 'degraded', store: storeAnswers });
  });
  app.get('/readyz', async (_request, response) => {
    const ready = await probe.up();
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.get('/metrics', async (request, response, next) => {
    const { metricsToken } = config;
    if (metricsToken === null) return next();
    if (!sameText(request.get('authorization') ?? '', `Bearer ${metricsToken}`))
      return answer(response, { ok: false, reason: 'not-allowed' }, 401);
    response.type(metrics.contentType).send(await metrics.text());
  });

  const api = express.Router();
  api.use(express.json({ limit: '4kb', strict: true }));
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  api.get('/workshops', (_request, response) => {
    response.json({
      workshops: summaries(content),
      passphrase: config.passphrase !== null,
      operator: config.operator,
      publicOrigin: deps.publicOrigin(),
    });
  });
  api.get('/workshops/:id/:language', (request, response, next) => {
    const workbook = workbookFor(content, request.params.id, request.params.language);
    if (!workbook) return next();
    // Content, the same for everyone: Express adds the ETag by which a copy stays usable.
    response.set('Cache-Control', 'public, max-age=300').json(workbook);
  });
  api.post('/sessions', async (request, response) => {
    const body = createRequest.safeParse(request.body);
    if (!body.success) return answer(response, { ok: false, reason: 'malformed' });
    const origin = originOfRequest(request.protocol, request.host);
    const create = () => sessions.create(body.data, origin);
    const client = clientKey(request.ip);
    const make = () => creations(client, create);
    answer(
      response,
      config.passphrase === null
        ? await make()
        : await guarded(passphrases, client, 'passphrase', make),
    );
  });
  api.get('/rooms/:room', async (request, response) => {
    const { room } = request.params;
    const { language } = request.query;
    const wanted = typeof language === 'string' ? language : null;
    answer(response, await entrance.look(clientKey(request.ip), room, wanted));
  });
  // Pages that were loaded before a seat was given over the socket ask for it here (R5).
  api.post('/join', (_request, response) => answer(response, { ok: false, reason: 'old-client' }));
  api.use((_request, response) => answer(response, { ok: false, reason: 'malformed' }, 404));

  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status >= 500) log.fault('http', error);
    answer(response, { ok: false, reason: status < 500 ? 'malformed' : 'try-again' }, status);
  };
  app.use('/api', api, failed);
  if (deps.pages) app.use(deps.pages);
  app.use(failed);
  return app;
}

function answer(response: Response, reply: Ack, status?: number): void {
  response.status(status ?? (reply.ok ? 200 : (STATUS[reply.reason] ?? 409))).json(reply);
}

/** Body parser errors carry a 4xx status; anything else is ours. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 503;
}

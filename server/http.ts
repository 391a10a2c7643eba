/** Express: health, metrics, workshops, creating and joining; the pages last. */
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { normaliseCode } from '#core/code.ts';
import type { Reason } from '#protocol/reasons.ts';
import { createRequest, joinRequest, type Ack } from '#protocol/messages.ts';
import type { Config } from './config.ts';
import { summaries, workbookFor, type Installed } from './content.ts';
import { clientKey } from './clients.ts';
import { createCreations } from './creations.ts';
import { CODES, createGuessing, guarded, PASSPHRASES } from './guessing.ts';
import type { Log } from './log.ts';
import type { Metrics, Probe } from './metrics.ts';
import { originOfRequest } from './origins.ts';
import { sameText } from './same-text.ts';
import type { Sessions } from './sessions.ts';

interface Deps {
  config: Config;
  content: readonly Installed[];
  sessions: Sessions;
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
  const { config, content, sessions, probe, metrics, log } = deps;
  const codes = createGuessing(CODES);
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
    answer(response, await findable(request, room, () => sessions.look(room, wanted)));
  });
  api.post('/join', async (request, response) => {
    const body = joinRequest.safeParse(request.body);
    if (!body.success) return answer(response, { ok: false, reason: 'malformed' });
    const { data } = body;
    answer(response, await findable(request, data.room, () => sessions.join(data)));
  });
  api.use((_request, response) => answer(response, { ok: false, reason: 'malformed' }, 404));

  /** Looks a room up; a code that opens none counts as a guess, the QR link's long id is beyond guessing (S1). */
  function findable<T extends object>(
    request: Request,
    room: string,
    look: () => Promise<Ack<T>>,
  ): Promise<Ack<T>> {
    if (normaliseCode(room) === null) return look();
    return guarded(codes, clientKey(request.ip), 'unknown-room', look);
  }

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

/**
 * Prometheus metrics, for whoever holds METRICS_TOKEN. No label names a room or a person, and nothing
 * moves with a single answer. The process's own figures would: CPU time and heap rise with every ballot, and
 * whoever read them ten times a second would see who has just answered, and who only seemed to. So they
 * stand still as long as the counts that everybody sees (DISC-6).
 */
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

/** What is asked of the store when somebody reads the metrics. */
export interface Probe {
  up: () => Promise<boolean>;
  /** Living sessions, over all nodes; rejects while the store is away. */
  sessions: () => Promise<number>;
}

const NOBODY: Probe = { up: () => Promise.resolve(false), sessions: () => Promise.resolve(NaN) };

/** As long as `pulse.ts` lets the counts rest. */
const FIGURES_MS = 5_000;

export type Metrics = ReturnType<typeof createMetrics>;

/** @param probe asked at each reading, so that a gauge never tells of an hour ago */
export function createMetrics(probe: Probe = NOBODY) {
  const registry = new Registry();
  const figures = new Registry();
  collectDefaultMetrics({ register: figures, prefix: 'crossroads_' });
  let taken: { at: number; text: Promise<string> } | null = null;
  const resting = () => {
    const now = performance.now();
    if (!taken || now - taken.at >= FIGURES_MS) taken = { at: now, text: figures.metrics() };
    return taken.text;
  };
  const registers = [registry];
  new Gauge({
    name: 'crossroads_store_up',
    help: '1 when the store answers and can be written, 0 when not',
    registers,
    async collect() {
      this.set((await probe.up()) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'crossroads_sessions',
    help: 'Living sessions in the store, over all nodes; no number while the store is away',
    registers,
    async collect() {
      this.set(await probe.sessions().catch(() => NaN));
    },
  });
  // Counted by hand: a crowd that comes at once need not look its label up two thousand times.
  const sockets = { host: 0, screen: 0, participant: 0 };
  new Gauge({
    name: 'crossroads_sockets',
    help: 'Connected sockets on this node',
    labelNames: ['role'],
    registers,
    collect() {
      for (const [role, count] of Object.entries(sockets)) this.set({ role }, count);
    },
  });
  return {
    contentType: registry.contentType,
    text: async () => `${await registry.metrics()}\n${await resting()}`,
    /** Connected to this node, by role. */
    sockets,
    /** Grows only with traffic of rooms that have a socket here: a node does not pay for the others. */
    heard: new Counter({
      name: 'crossroads_fanout_messages_total',
      help: 'Messages that came from Redis for rooms with sockets on this node',
      registers,
    }),
    /** Counted when a round is settled: one by one they would tell who answered when (DISC-6). */
    ballots: new Counter({
      name: 'crossroads_ballots_total',
      help: 'Ballots in the rounds that this node settled',
      registers,
    }),
    commands: new Counter({
      name: 'crossroads_host_commands_total',
      help: 'Host commands answered, by result',
      labelNames: ['result'],
      registers,
    }),
    releases: new Counter({
      name: 'crossroads_releases_total',
      help: 'Rounds that this node settled',
      registers,
    }),
  };
}

/**
 * Prometheus metrics, for whoever holds METRICS_TOKEN. No label names a room or a person, and nothing
 * moves with a single answer.
 */
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'crossroads_' });
  const registers = [registry];
  return {
    registry,
    sockets: new Gauge({
      name: 'crossroads_sockets',
      help: 'Connected sockets on this node',
      labelNames: ['role'],
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

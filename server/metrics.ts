/** Prometheus metrics. No label ever names a room or a person. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

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
    ballots: new Counter({
      name: 'crossroads_ballots_total',
      help: 'Ballots answered, by result',
      labelNames: ['result'],
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
      help: 'Rounds settled by this node',
      registers,
    }),
    ballotSeconds: new Histogram({
      name: 'crossroads_ballot_seconds',
      help: 'From a ballot received to its answer',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5],
      registers,
    }),
  };
}

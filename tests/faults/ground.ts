/** What the runs happen on: processes that are used again from run to run and started only when they were killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp, type TestApp } from '../setup/app.ts';
import { startFleet } from '../setup/fleet.ts';
import type { TestRedis } from '../setup/redis.ts';
import type { Chance } from './chance.ts';
import { until } from './meeting.ts';

export interface Ground {
  name: 'two nodes on Redis' | 'embedded store';
  nodes: readonly TestApp[];
  redis: TestRedis | null;
  stop: () => Promise<void>;
}

/** A room nobody ended takes a place, and one machine creates all of them. */
const ENV = { MAX_SESSIONS: '100000', LOG_LEVEL: 'info' };

export async function redisGround(): Promise<Ground> {
  const fleet = await startFleet(ENV);
  return { name: 'two nodes on Redis', ...fleet };
}

export async function embeddedGround(): Promise<Ground> {
  const app = await startApp({ env: ENV });
  return { name: 'embedded store', nodes: [app], redis: null, stop: () => app.stop() };
}

export const FAULTS = [
  'node kill -9',
  'node SIGTERM',
  'node stopped',
  'Redis kill -9',
  'Redis stopped',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Faults of processes, with the ms after which they come. */
export function planFaults(ground: Ground, of: Chance): { at: number; fault: Fault }[] {
  const often: [Fault, number][] = ground.redis
    ? [
        ['node kill -9', 0.5],
        ['node SIGTERM', 0.2],
        ['node stopped', 0.2],
        ['Redis kill -9', 0.4],
        ['Redis stopped', 0.25],
      ]
    : [
        ['node kill -9', 0.8],
        ['node stopped', 0.2],
      ];
  return often
    .filter(([, probability]) => of.happens(probability))
    .map(([fault]) => ({ at: of.whole(1_000), fault }));
}

/** Lets it happen, and sets it right again. */
export async function strike({ nodes, redis }: Ground, fault: Fault, of: Chance): Promise<void> {
  const node = nodes[of.whole(nodes.length)] ?? nodes[0];
  const pause = of.whole(800);
  switch (fault) {
    case 'node kill -9':
      await node?.kill('SIGKILL');
      return node?.restart();
    case 'node SIGTERM':
      await node?.kill('SIGTERM');
      return node?.restart();
    case 'node stopped':
      await node?.kill('SIGSTOP');
      await sleep(pause);
      return node?.kill('SIGCONT');
    case 'Redis kill -9':
      await redis?.kill('SIGKILL');
      await sleep(pause);
      return redis?.restart();
    case 'Redis stopped':
      await redis?.kill('SIGSTOP');
      await sleep(3 * pause);
      return redis?.kill('SIGCONT');
  }
}

/** After a wave that did not end: whatever was killed or stopped is started anew. */
export async function mend({ nodes, redis }: Ground): Promise<void> {
  await redis?.restart();
  for (const node of nodes) await node.restart();
}

/** Resolves when every node serves and its store answers. */
export async function whole({ nodes }: Ground): Promise<void> {
  for (const { url } of nodes)
    await until('every node is ready', async () => {
      const ready = await fetch(`${url}/readyz`).catch(() => null);
      return ready?.ok === true;
    });
}

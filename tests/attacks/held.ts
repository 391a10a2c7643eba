/** The real server inside the test's own process, under a clock that only the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Round } from '#core/round.ts';
import type { Clock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { loadContent, workshopFor } from '#server/content.ts';
import { startServer } from '#server/server.ts';
import { roundsOf } from '#slides/kinds.ts';
import { TEST_SECRET } from '../setup/app.ts';
import type { ENGINES } from '../setup/engines.ts';
import { startRedis, type RedisOptions, type TestRedis } from '../setup/redis.ts';

const CONTENT_DIR = fileURLToPath(new URL('../../content', import.meta.url));

export interface HeldClock extends Clock {
  /** Moves on to the next timer that is due within `ms`, or by all of it. @returns what is left */
  step: (ms: number) => number;
}

interface Timer {
  at: number;
  task: () => void;
}

function heldClock(start = Date.now()): HeldClock {
  let now = start;
  const timers = new Set<Timer>();
  const step: HeldClock['step'] = (ms) => {
    const end = now + ms;
    const [next] = [...timers].sort((a, b) => a.at - b.at);
    if (!next || next.at > end) {
      now = end;
      return 0;
    }
    timers.delete(next);
    now = Math.max(now, next.at);
    next.task();
    return end - now;
  };
  return {
    now: () => now,
    after: (ms, task) => {
      const timer = { at: now + ms, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    step,
  };
}

export interface HeldApp {
  url: string;
  clock: HeldClock;
  redis: TestRedis | null;
  dataDir: string;
  stop: () => Promise<void>;
}

/** @param options of the Redis server, where there is one */
export async function startHeld(
  name: (typeof ENGINES)[number],
  options: RedisOptions = {},
): Promise<HeldApp> {
  const redis = name === 'real Redis' ? await startRedis({ appendonly: true, ...options }) : null;
  const app = await startNode(redis, heldClock());
  const stop = async () => {
    await app.stop();
    await redis?.stop();
  };
  return { ...app, stop };
}

/** One more node of a Redis; its stop leaves the Redis alone. */
export async function startNode(redis: TestRedis | null, clock: HeldClock): Promise<HeldApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crossroads-held-'));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
    CONTENT_DIR,
    REDIS_URL: redis?.url,
    CROSSROADS_SECRET: redis ? TEST_SECRET : undefined,
  });
  const running = await startServer(config, clock);
  return {
    url: `http://127.0.0.1:${running.port}`,
    clock,
    redis,
    dataDir,
    stop: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The rounds of the workshop that every session here runs, by question. */
export async function workshopRounds(): Promise<Map<string, Round>> {
  const workshop = workshopFor(await loadContent(CONTENT_DIR), 'staff-or-em', 'en', 'full');
  if (!workshop) throw new Error('the workshop is not installed');
  return roundsOf(workshop.steps);
}

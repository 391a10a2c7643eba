/** The two engines every server test runs on: the embedded one, and a real Redis. */
import { startApp, TEST_SECRET, type TestApp } from './app.ts';
import { startRedis, type TestRedis } from './redis.ts';

export interface Engine {
  app: TestApp;
  redis: TestRedis | null;
  stop: () => Promise<void>;
}

export const ENGINES = ['embedded engine', 'real Redis'] as const;

/** @param env more environment for the server */
export async function startEngine(
  name: (typeof ENGINES)[number],
  env: Record<string, string> = {},
): Promise<Engine> {
  const redis = name === 'real Redis' ? await startRedis({ appendonly: true }) : null;
  const ofRedis = redis ? { REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET } : {};
  const app = await startApp({ env: { ...ofRedis, ...env } });
  return {
    app,
    redis,
    stop: async () => {
      await app.stop();
      await redis?.stop();
    },
  };
}

/** Two app nodes on one Redis, as a company runs them; with the proxy in front, if asked for. */
import { startApp, TEST_SECRET, type TestApp } from './app.ts';
import { startProxy, type TestProxy } from './proxy.ts';
import { startRedis, type RedisOptions, type TestRedis } from './redis.ts';

export interface Fleet {
  redis: TestRedis;
  nodes: [TestApp, TestApp];
  stop: () => Promise<void>;
}

export interface ProxiedFleet extends Fleet {
  proxy: TestProxy;
}

export const FLEET_TOKEN = 'a token for Prometheus alone';

/** @param env more environment for the nodes */
export async function startFleet(
  env: Record<string, string> = {},
  options: RedisOptions = { appendonly: true },
): Promise<Fleet> {
  const redis = await startRedis(options);
  const ofRedis = { REDIS_URL: redis.url, CROSSROADS_SECRET: TEST_SECRET };
  const node = () => startApp({ env: { ...ofRedis, METRICS_TOKEN: FLEET_TOKEN, ...env } });
  const nodes = await Promise.all([node(), node()]);
  return {
    redis,
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((each) => each.stop()));
      await redis.stop();
    },
  };
}

export async function startProxied(env: Record<string, string> = {}): Promise<ProxiedFleet> {
  const fleet = await startFleet({ TRUST_PROXY: '1', ...env });
  const [one, two] = fleet.nodes;
  const proxy = await startProxy([one.port, two.port]);
  return {
    ...fleet,
    proxy,
    stop: async () => {
      await proxy.stop();
      await fleet.stop();
    },
  };
}

/** One number of a node's metrics; of those with labels, the sum. NaN when it has none. */
export async function metric(node: TestApp, name: string): Promise<number> {
  const headers = { authorization: `Bearer ${FLEET_TOKEN}` };
  const text = await (await fetch(`${node.url}/metrics`, { headers })).text();
  const lines = text.split('\n').filter((line) => new RegExp(`^${name}(\\{.*\\})? `).test(line));
  if (lines.length === 0) return NaN;
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** What the store does when its address leads to another server: a promoted replica, or a former master. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { afterEach, expect, test } from 'vitest';
import { connectRedis } from '#server/store/client.ts';
import { createStore } from '#server/store/redis.ts';
import { StoreUnavailable } from '#server/store/store.ts';
import { startRedis, type TestRedis } from '../../setup/redis.ts';
import { ballot, create, onRedis, round, takeSeat } from './stores.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

async function server(args: string[] = []): Promise<TestRedis> {
  const redis = await startRedis({
    appendonly: true,
    args: ['--repl-diskless-sync-delay', '0', ...args],
  });
  cleanup.push(() => redis.stop());
  return redis;
}

async function clientOf({ url }: { url: string }) {
  const client = await connectRedis({ url }, () => undefined);
  cleanup.push(() => client.close());
  return client;
}

async function storeAt(url: string) {
  const { client, disk } = await onRedis(url);
  const store = createStore(client, disk);
  cleanup.push(() => store.close());
  return store;
}

/** An address that leads new connections elsewhere, as a name or a virtual address does; open ones stay. */
async function address(to: TestRedis) {
  let { port } = to;
  const relay = createServer((from) => {
    const line = connect(port, '127.0.0.1');
    from.pipe(line).pipe(from);
    for (const [one, other] of [[from, line] as const, [line, from] as const])
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => relay.close());
  return {
    url: `redis://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    leadTo: (next: TestRedis) => (port = next.port),
  };
}

test('R1 R4 a master that is made a replica under the nodes: they move to the new one, under a new epoch', async () => {
  const one = await server();
  const two = await server(['--replicaof', '127.0.0.1', String(one.port)]);
  const way = await address(one);
  const store = await storeAt(way.url);
  const { sid } = await create(store);
  const seat = await takeSeat(store, sid);
  await round(store, sid, 'opens');
  expect(await store.ballot(sid, seat, ballot(1))).toMatchObject({ result: 'counted' });
  const former = await clientOf(one);
  const next = await direct(two);
  const line = () => next('INFO', 'replication');
  await expect.poll(line, { timeout: 8_000 }).toContain('master_link_status:up');
  // The copy follows a moment later; one promoted before that would not know the session.
  const copied = () => next('HLEN', `cr:{${sid}}:ballots:one`);
  await expect.poll(copied, { timeout: 8_000 }).toBe(1);
  await next('REPLICAOF', 'NO', 'ONE');
  const epoch = store.epoch();
  await former.command('REPLICAOF', '127.0.0.1', String(two.port));
  way.leadTo(two);
  await expect(store.ballot(sid, seat, ballot(2))).rejects.toBeInstanceOf(StoreUnavailable);
  await expect.poll(() => store.ping(), { timeout: 5_000 }).toBe(true);
  expect(store.epoch()).not.toBe(epoch);
  expect(await store.ballot(sid, seat, ballot(2))).toEqual({ result: 'counted', version: 2 });
  expect(await copied()).toBe(1);
});

test('R4 a replica is not read from, and is used as soon as it is promoted', async () => {
  const one = await server();
  const two = await server(['--replicaof', '127.0.0.1', String(one.port)]);
  const way = await address(one);
  const store = await storeAt(way.url);
  way.leadTo(two);
  await one.kill('SIGKILL');
  await expect.poll(() => store.ping(), { timeout: 5_000 }).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await expect(store.living(Date.now())).rejects.toBeInstanceOf(StoreUnavailable);
  await (
    await direct(two)
  )('REPLICAOF', 'NO', 'ONE');
  await expect.poll(() => store.ping(), { timeout: 5_000 }).toBe(true);
});

test('a replica at the start is named', async () => {
  const one = await server();
  const two = await server(['--replicaof', '127.0.0.1', String(one.port)]);
  await expect(connectRedis({ url: two.url }, () => undefined)).rejects.toThrow('it is a replica');
});

test('DISC-5 a release is safe when a replica has it: a failover cannot open its round again', async () => {
  const one = await server();
  const two = await server(['--replicaof', '127.0.0.1', String(one.port)]);
  const store = await storeAt(one.url);
  const client = await clientOf(one);
  const online = async () => String(await client.command('INFO', 'replication'));
  await expect.poll(online, { timeout: 8_000 }).toContain('state=online');
  await create(store);
  await store.durable();
  await two.kill('SIGSTOP');
  await create(store);
  await expect(store.durable()).rejects.toBeInstanceOf(StoreUnavailable);
  await two.kill('SIGCONT');
  await expect
    .poll(() =>
      store.durable().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

/** Past every check of the product's own client. */
async function direct({ url }: TestRedis) {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  cleanup.push(() => client.destroy());
  return (...words: string[]) => client.sendCommand<string>(words);
}

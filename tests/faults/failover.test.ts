/** A real failover in the middle of a vote: the master is killed, and a replica that lacks the last ballots takes over. */
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import { startProxy, type TestProxy } from '../setup/proxy.ts';
import { startRedis, type TestRedis } from '../setup/redis.ts';
import { account, CELLS, countedIn, meet, QUESTION, until } from './meeting.ts';

let master: TestRedis;
let replica: TestRedis;
let proxy: TestProxy;
let nodes: TestApp[];
beforeAll(async () => {
  const atOnce = ['--repl-diskless-sync-delay', '0'];
  master = await startRedis({ appendonly: true, args: atOnce });
  const args = ['--replicaof', '127.0.0.1', String(master.port)];
  replica = await startRedis({ appendonly: true, args });
  proxy = await startProxy([master.port, replica.port], 'haproxy-redis.cfg');
  await until('the replica has the data', async () =>
    (await says(replica, 'INFO', 'replication')).includes('master_link_status:up'),
  );
  const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}`, CROSSROADS_SECRET: TEST_SECRET };
  nodes = await Promise.all([startApp({ env }), startApp({ env })]);
}, 60_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await proxy.stop();
  await Promise.all([master.stop(), replica.stop()]);
});

async function says({ url }: TestRedis, ...words: string[]): Promise<string> {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return String(await client.sendCommand<string>(words));
  } finally {
    client.destroy();
  }
}

test('R1 R4 failover: what the replica lacks is offered again, each counted once, and both nodes hear each other', async () => {
  const urls = nodes.map(({ url }) => url);
  const meeting = await meet(urls, 12, (at) => ({ urls: [urls[at % 2]!] }));
  const { phones, host } = meeting;
  const answer = (mind: number) =>
    phones.forEach((phone, at) => phone.answer(QUESTION, (at + mind) % CELLS));
  const counted = (version: number) =>
    until(
      () => `all counted; ${JSON.stringify(phones.map((phone) => phone.state()))}`,
      () =>
        phones.every((phone) => {
          const state = phone.state();
          return state?.is === 'counted' && state.version === version;
        }),
      15_000,
    );
  answer(0);
  await counted(1);
  // From here on it hears nothing more: as if the line between the two had been slow.
  await says(replica, 'REPLICAOF', 'NO', 'ONE');
  answer(1);
  await counted(2);
  const { epoch } = host.view();
  const held = `cr:{${meeting.sid}}:ballots:${QUESTION}`;
  expect(await says(replica, 'HVALS', held)).not.toContain('00000002|');
  await master.kill('SIGKILL');
  await until('every face has heard', () =>
    [host, ...phones].every((face) => (face.view()?.epoch ?? epoch) !== epoch),
  );
  await counted(2);
  expect((await says(replica, 'HVALS', held)).match(/0000000\d\|/g)).toEqual(
    phones.map(() => '00000002|'),
  );
  // One that comes back believes that it is still the master: nobody goes to it.
  await master.restart();
  await meeting.closeRound();
  const told = await account(meeting, await countedIn(replica.url, meeting.sid));
  expect(told).toEqual({ counted: 12, lost: 0, twice: 0, untrue: 0, notes: [] });
  meeting.hangUp();
}, 60_000);

/** Run by a test as a process of its own: counts ballots on an embedded store until it is killed. */
import { openStore } from '#server/store/open.ts';
import { ballot, create, newSeatToken, quietLog, round, takeSeat } from './stores.ts';

const config = { redisUrl: null, dataDir: process.argv[2] ?? '', secret: null };
const { store } = await openStore(config, quietLog([]));
const { sid, code } = await create(store);
const token = newSeatToken();
const seat = await takeSeat(store, sid, token);
await round(store, sid, 'opens');
for (let version = 1; ; version++) {
  const reply = await store.ballot(sid, seat, ballot(version));
  if (reply.result !== 'counted') throw new Error(reply.result);
  console.log(JSON.stringify({ sid, code, token, version }));
  await new Promise((resolve) => setTimeout(resolve, 10));
}

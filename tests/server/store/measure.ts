/**
 * By hand: `node tests/server/store/measure.ts` measures the ballot on both engines;
 * `node tests/server/store/measure.ts soak 300` runs the embedded engine for five minutes and prints
 * its memory.
 */
import { ballot, create, ENGINES, open, round, takeSeat, type OpenStore } from './stores.ts';
import { soak } from './soak.ts';

const [mode = 'ballots', seconds = '300'] = process.argv.slice(2);
const at = (sorted: number[], share: number) =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);

async function measure(name: (typeof ENGINES)[number]): Promise<void> {
  const opened = await open(name);
  const { store } = opened;
  const { sid } = await create(store);
  const seats = await Promise.all(Array.from({ length: 200 }, () => takeSeat(store, sid)));
  await round(store, sid, 'opens');
  for (const [label, together] of [
    ['one at a time', 1],
    ['200 at a time', 200],
  ] as const) {
    const times: number[] = [];
    const start = performance.now();
    for (let version = 1; version <= (together === 1 ? 10 : 40); version++) {
      const vote = async (seat: string) => {
        const sent = performance.now();
        await store.ballot(sid, seat, ballot(version + together));
        times.push(performance.now() - sent);
      };
      if (together > 1) await Promise.all(seats.map(vote));
      else for (const seat of seats) await vote(seat);
    }
    const rate = Math.round(times.length / ((performance.now() - start) / 1000));
    times.sort((a, b) => a - b);
    const tail = `p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`;
    console.log(`${name}, ${label}: ${rate} ballots/s, ${tail}`);
  }
  await opened.stop();
}

async function memory({ client }: OpenStore): Promise<string> {
  const info = String(await client.command('INFO', 'memory'));
  const engine = Number(/used_memory:(\d+)/.exec(info)?.[1]);
  const own = process.memoryUsage();
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `engine ${mb(engine)}, heap ${mb(own.heapUsed)}, resident ${mb(own.rss)}`;
}

if (mode === 'soak') {
  const opened = await open('embedded engine');
  let sessions = 0;
  const total = Number(seconds);
  for (let part = 0; part < 10; part++) {
    const operations = await soak(opened.store, total / 10, () => sessions++);
    const now = await memory(opened);
    console.log(`${sessions} sessions, ${operations} operations in this tenth: ${now}`);
  }
  console.log('faults:', opened.faults);
  await opened.stop();
} else for (const name of ENGINES) await measure(name);

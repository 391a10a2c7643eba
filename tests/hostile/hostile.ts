/**
 * `npm run hostile -- --windows 20 --ms 2000`: other clients' waiting time and the server's memory, with and
 * without each attacker, in one run. Server and honest clients have one core to themselves, the attackers
 * another: what they cost is what they make the server do, not what making an attack costs.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { optionsOf, whole } from '../runner/options.ts';
import { table } from '../runner/table.ts';
import { startApp } from '../setup/app.ts';
import { ATTACKERS } from './attackers.ts';
import { lay } from './siege.ts';

const { values } = optionsOf({
  options: {
    windows: { type: 'string', default: '20' },
    ms: { type: 'string', default: '2000' },
    only: { type: 'string' },
  },
});
const windows = whole('windows', values.windows, 1);
const length = whole('ms', values.ms, 1);

/** S7 */
const MOST = 0.1;
let within = 0;
let attacks = 0;
pin(process.pid, 0);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const ms = (value: number) => value.toFixed(1);
const rows: [string, ...(string | number)[]][] = [
  [
    'attack',
    'p50 quiet',
    'attacked',
    'p99 quiet',
    'attacked',
    'rise',
    'quartiles',
    'MB quiet',
    'attacked',
    'CPU quiet',
    'attacked',
    'unanswered',
  ],
];
for (const attacker of Object.keys(ATTACKERS)) {
  if (values.only !== undefined && !attacker.includes(values.only)) continue;
  const app = await startApp();
  pin(app.pid, 0);
  const siege = await lay(app, (attacker) => pin(attacker, 1));
  const felt = await siege.endure(attacker, windows, length);
  siege.end();
  await app.stop();
  const [lower, median, upper] = felt.rise;
  if (median < MOST) within++;
  attacks++;
  rows.push([
    attacker,
    ...felt.p50.map(ms),
    ...felt.p99.map(ms),
    percent(median),
    `${percent(lower)} … ${percent(upper)}`,
    ...felt.memory.map(Math.round),
    ...felt.cpu.map(percent),
    felt.unanswered,
  ]);
  console.log(`  ${attacker}: p99 ${percent(median)}`);
}
console.log(
  `ms over ${values.windows} pairs of windows of ${values.ms} ms, quiet and attacked in turn; rise: median of the pairs`,
);
console.log(table(rows));
console.log(`S7: p99 rises by less than ${100 * MOST} % under ${within} of ${attacks} attacks`);
process.exit(0);

/** Keeps all threads of a process on one core, where there are two and the system can (Linux). */
function pin(pid: number, core: number): void {
  if (cpus().length > 1)
    spawnSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

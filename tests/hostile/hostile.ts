/**
 * `npm run hostile -- --windows 12 --ms 2000`: other clients' waiting time and the server's memory, with and
 * without each attacker, in one run. Server and honest clients have one core to themselves, the attackers
 * another, which they share with the server they attack in the control.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { optionsOf, whole } from '../runner/options.ts';
import { table } from '../runner/table.ts';
import { startApp } from '../setup/app.ts';
import { ATTACKERS } from './attackers.ts';
import { percentile, riseOf, type Rise } from './percentile.ts';
import { lay, pooled, type Kind, type Turn, type Window } from './siege.ts';

const { values } = optionsOf({
  options: {
    windows: { type: 'string', default: '12' },
    ms: { type: 'string', default: '2000' },
    phones: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
});
const windows = whole('windows', values.windows, 1);
const length = whole('ms', values.ms, 1);
const phones = whole('phones', values.phones, 1);

/** S7 */
const MOST = 0.1;
const KINDS = ['quiet', 'elsewhere', 'attacked'] as const;
const verdicts = { held: 0, broken: 0, open: 0 };
pin(process.pid, 0);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const ms = (value: number) => value.toFixed(1);
const told = ({ is, from, to }: Rise) => `${percent(is)} (${percent(from)} … ${percent(to)})`;
const heads = (of: string) => KINDS.map((kind) => `${of} ${kind}`);
const rows: [string, ...(string | number)[]][] = [
  [
    'attack',
    ...heads('p99'),
    'by the machine',
    'by the server',
    ...heads('MB'),
    ...heads('CPU'),
    'unanswered',
  ],
];
for (const attacker of Object.keys(ATTACKERS)) {
  if (values.only !== undefined && !attacker.includes(values.only)) continue;
  const [app, decoy] = await Promise.all([startApp(), startApp()]);
  pin(app.pid, 0);
  pin(decoy.pid, 1);
  const siege = await lay({ app, decoy, honest: phones, pin: (own) => pin(own, 1) });
  // What is compiled and remembered after the first windows is so in all of them.
  await siege.endure(attacker, 1, length);
  const turns = await siege.endure(attacker, windows, length);
  siege.end();
  await Promise.all([app.stop(), decoy.stop()]);
  const rise = (from: Kind, to: Kind) =>
    riseOf(
      turns.map((turn) => [turn[from].took, turn[to].took]),
      0.99,
    );
  const [machine, server] = [rise('quiet', 'elsewhere'), rise('elsewhere', 'attacked')];
  verdicts[verdictOf(server)]++;
  rows.push([
    attacker,
    ...KINDS.map((kind) => ms(pooled(turns, kind, 0.99))),
    told(machine),
    told(server),
    ...KINDS.map((kind) => Math.round(middle(turns, kind, ({ most }) => most))),
    ...KINDS.map((kind) => percent(middle(turns, kind, ({ cpu }) => cpu))),
    turns.reduce(
      (sum, turn) => sum + KINDS.reduce((own, kind) => own + turn[kind].unanswered, 0),
      0,
    ),
  ]);
  console.log(`  ${attacker}: p99 ${told(server)} by the server, ${told(machine)} by the machine`);
}
console.log(
  `p99 in ms of all questions in ${windows} windows of ${length} ms of each kind, ${phones} phones; ` +
    'elsewhere: the same attacker at another server. Rises with 95 % intervals, medians of MB and CPU',
);
console.log(table(rows));
console.log(
  `S7: p99 rises by less than ${100 * MOST} % through the server: shown for ${verdicts.held} attacks, ` +
    `refuted for ${verdicts.broken}, ${verdicts.open} open (the interval holds ${100 * MOST} %)`,
);
process.exit(0);

function verdictOf({ from, to }: Rise): keyof typeof verdicts {
  return to < MOST ? 'held' : from > MOST ? 'broken' : 'open';
}

function middle(turns: readonly Turn[], kind: Kind, of: (window: Window) => number): number {
  return percentile(
    turns.map((turn) => of(turn[kind])),
    0.5,
  );
}

/** Keeps all threads of a process on one core, where there are two and the system can (Linux). */
function pin(pid: number, core: number): void {
  if (cpus().length > 1)
    spawnSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

/** `npm run hostile -- --windows 8 --ms 3000`: other clients' waiting time and the server's memory, with and without each attacker. */
import { optionsOf, whole } from '../runner/options.ts';
import { table } from '../runner/table.ts';
import { startApp } from '../setup/app.ts';
import { ATTACKERS } from './attackers.ts';
import { lay } from './siege.ts';

const { values } = optionsOf({
  options: {
    windows: { type: 'string', default: '6' },
    ms: { type: 'string', default: '2500' },
    only: { type: 'string' },
  },
});
const windows = whole('windows', values.windows, 1);
const length = whole('ms', values.ms, 1);

const ms = (value: number) => value.toFixed(1);
const rows: [string, ...(string | number)[]][] = [
  [
    'attack',
    'p50 quiet',
    'attacked',
    'p99 quiet',
    'attacked',
    'ratio',
    'MB before',
    'most',
    'unanswered',
  ],
];
for (const attacker of Object.keys(ATTACKERS)) {
  if (values.only !== undefined && !attacker.includes(values.only)) continue;
  const app = await startApp();
  const siege = await lay(app);
  const felt = await siege.endure(attacker, windows, length);
  siege.end();
  await app.stop();
  const [quiet, attacked] = felt.p99;
  rows.push([
    attacker,
    ...felt.p50.map(ms),
    ...felt.p99.map(ms),
    (attacked / quiet).toFixed(2),
    ...felt.memory.map(Math.round),
    felt.unanswered,
  ]);
  console.log(`  ${attacker}: done`);
}
console.log(`ms, medians of ${values.windows} windows of ${values.ms} ms each way, in one run`);
console.log(table(rows));
process.exit(0);

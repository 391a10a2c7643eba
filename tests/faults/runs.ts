/** `npm run faults -- --runs 1000 --seed N`: a table of what failed, what was counted, what was lost. */
import { optionsOf, whole } from '../runner/options.ts';
import { table } from '../runner/table.ts';
import { campaign } from './campaign.ts';

const { values } = optionsOf({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Date.now() % 1_000_000)) },
    together: { type: 'string', default: '24' },
    only: { type: 'string' },
  },
});
const runs = whole('runs', values.runs, 1);
const seed = whole('seed', values.seed, 0);
const together = whole('together', values.together, 1);
const only = values.only === undefined ? undefined : whole('only', values.only, 0);

console.log(`${runs} randomised runs, seed ${seed}`);
const { phones, tally, failures, seconds, ...done } = await campaign(
  { runs, seed, together, only },
  (line) => console.log(`  ${line}`),
);
const faults = Object.entries(tally).sort(([one], [other]) => one.localeCompare(other));
console.log(
  table([
    ['runs', done.runs],
    ...faults,
    ['ballots counted', phones.counted],
    ['lost', phones.lost],
    ['counted twice', phones.twice],
    ['phones that say what is not so', phones.untrue],
    ['waves that did not end', failures.filter((failure) => !failure.startsWith('{')).length],
    ['seconds', Math.round(seconds)],
  ]),
);
console.log(
  failures.length > 0
    ? `${failures.length} failures, told above`
    : `${done.runs} runs, all accounted for`,
);
console.log(`Repeat with: npm run faults -- --runs ${runs} --together ${together} --seed ${seed}`);
process.exit(failures.length > 0 || done.runs < (only === undefined ? runs : 1) ? 1 : 0);

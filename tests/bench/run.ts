/**
 * `npm run bench`: what the production server costs beside raw references in the same run.
 * `-- --quick` takes less than two minutes; `-- steps ballots` runs only those scenarios; `PROFILE=folder`
 * leaves a CPU profile of every process there.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from '../runner/options.ts';
import { results } from '../runner/steps.ts';
import type { Figure } from './figures.ts';
import { ENGINES, stopAll } from './processes.ts';
import { ballots } from './scenarios/ballots.ts';
import { capacity } from './scenarios/capacity.ts';
import { close } from './scenarios/close.ts';
import { idle, joins } from './scenarios/joins.ts';
import { nodes } from './scenarios/nodes.ts';
import type { Scenario, Setting } from './scenarios/scenario.ts';
import { session } from './scenarios/session.ts';
import { steps } from './scenarios/steps.ts';
import { row, HEAD } from './table.ts';

const SCENARIOS: Record<string, Scenario> = {
  steps,
  ballots,
  joins,
  idle,
  nodes,
  close,
  session,
  capacity,
};

const { values, positionals } = optionsOf({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const { quick } = values;
const unknown = positionals.filter((name) => !Object.hasOwn(SCENARIOS, name));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')}; there are ${Object.keys(SCENARIOS).join(', ')}.`,
  );
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    console.error('\nstopping');
    void stopAll().finally(() => process.exit(130));
  });

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s`;
const setting: Setting = {
  quick,
  times: 5,
  engines: quick ? ['redis'] : ENGINES,
  say: (line) => console.error(`${seconds()}  ${line}`),
};

/** As they come: whoever stops a long run has seen what was measured. */
function shown(found: Figure[]): Figure[] {
  for (const figure of found) console.error(row(figure));
  return found;
}

const figures: Figure[] = [];
try {
  for (const [name, scenario] of Object.entries(SCENARIOS))
    if (positionals.length === 0 || positionals.includes(name))
      figures.push(...shown(await scenario(setting)));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopAll();
}

const [cpu] = cpus();
const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.version}`;
console.log(`\n${machine}\n\n${HEAD}\n${figures.map(row).join('\n')}`);
await mkdir(results, { recursive: true });
const file = join(results, 'bench.json');
await writeFile(file, JSON.stringify({ at: new Date(), machine, quick, figures }, null, 2));
console.error(`\n${seconds()}  ${file}`);
process.exit();

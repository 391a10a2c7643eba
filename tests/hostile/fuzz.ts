/** `npm run fuzz -- --frames 100000 --seed N`: what a real server made of them. */
import { optionsOf, whole } from '../runner/options.ts';
import { table } from '../runner/table.ts';
import { fuzz, grown, MOST_GROWN_MB } from './fuzzing.ts';

const { values } = optionsOf({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Date.now() % 1_000_000)) },
  },
});
const count = whole('frames', values.frames, 1);
const seed = whole('seed', values.seed, 0);
const since = performance.now();
console.log(`${count} frames, seed ${seed}`);
const done = await fuzz(count, seed, (line) => console.log(`  ${line}`));
const mb = (values: number[]) => values.map((value) => value.toFixed(1)).join(' → ');
console.log(
  table([
    ...Object.entries(done.frames).map(([kind, frames]) => [`frames: ${kind}`, frames] as const),
    ['connections', done.connections],
    ['ended by the server', done.cutOff],
    ...Object.entries(done.answers).map(
      ([answer, times]) => [`answered ${answer}`, times] as const,
    ),
    ['held after each third, garbage collected, MB', mb(done.held)],
    ['resident after each third, MB', mb(done.resident)],
    ['crashes', done.crashes],
    ['unexpected errors in the log', done.faults],
    ['foreign frames', done.foreign],
    ['seconds', Math.round((performance.now() - since) / 1_000)],
  ]),
);
console.log(`Repeat with: npm run fuzz -- --frames ${count} --seed ${seed}`);
const leaks = !(grown(done.held) < MOST_GROWN_MB);
if (leaks) console.log(`It holds ${grown(done.held).toFixed(1)} MB more after the last third.`);
process.exit(done.crashes + done.faults + done.foreign > 0 || leaks ? 1 : 0);

/**
 * The one test command: `npm test` runs everything, `npm test -- unit lint` only those steps.
 * It goes on after a failure, so that one run tells all, and ends with the counts.
 */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { endAll, execute, type Outcome } from './runner/execute.ts';
import type { Counts } from './runner/reports.ts';
import { choose, results, root, type Step } from './runner/steps.ts';

const STILL_RUNNING_MS = 30_000;
const outcomes: Outcome[] = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll();
    process.exit(130);
  });
}

try {
  const phases = choose(process.argv.slice(2));
  mkdirSync(join(results, 'logs'), { recursive: true });
  for (const phase of phases) await sideBySide(phase);
  summary();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** Runs the steps of a phase, as many at a time as there are cores, in their order. */
async function sideBySide(steps: Step[]): Promise<void> {
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await one(step));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

async function one(step: Step): Promise<Outcome> {
  const broken = outcomes.find(({ ok, step: { name } }) => !ok && step.needs.includes(name));
  if (broken) return notRun(step, broken.step.name);
  console.log(`▸ ${step.name}: ${step.title}`);
  const started = Date.now();
  const alive = setInterval(() => {
    console.log(`  ${step.name}: still running, ${Math.round((Date.now() - started) / 1000)} s`);
  }, STILL_RUNNING_MS);
  const outcome = await execute(step);
  clearInterval(alive);
  report(outcome);
  return outcome;
}

function notRun(step: Step, because: string): Outcome {
  const reason = `not run, because ${because} failed`;
  console.log(`✗ ${step.name}: ${reason}`);
  const counts = { passed: 0, failed: 1, skipped: 0 };
  return { step, ok: false, counts, seconds: 0, reason, tail: '', log: '' };
}

function report({ step, ok, counts, seconds, reason, tail, log }: Outcome): void {
  const count = step.report ? `, ${counted(counts)}` : '';
  const time = `${seconds.toFixed(1)} s`;
  if (ok) return console.log(`✓ ${step.name}: passed in ${time}${count}`);
  console.log(`✗ ${step.name}: FAILED after ${time} (${reason})${count}`);
  console.log(`\n${tail.replaceAll(/^/gm, '    ')}\n`);
  console.log(`  The whole output: ${relative(root, log)}\n`);
}

/** One line per runner, and last the sum, alone on its line. */
function summary(): void {
  const checks = outcomes.filter(({ step }) => !step.report);
  const runners = outcomes.filter(({ step }) => step.report);
  const bad = outcomes.filter(({ ok }) => !ok);
  console.log('');
  if (checks.length > 0) console.log(`checks: ${counted(sum(checks))}`);
  for (const { step, counts } of runners) console.log(`${step.name}: ${counted(counts)}`);
  if (bad.length > 0) console.log(`failed: ${bad.map(({ step }) => step.name).join(', ')}`);
  const { passed, failed } = sum(outcomes);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = bad.length > 0 ? 1 : 0;
}

function sum(list: Outcome[]): Counts {
  const add = (key: keyof Counts) => list.reduce((total, { counts }) => total + counts[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

function counted({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

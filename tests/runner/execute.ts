/** Runs one step as a process group of its own, with its whole output in a log file. */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readCounts, type Counts } from './reports.ts';
import { results, root, type Step } from './steps.ts';

export interface Outcome {
  step: Step;
  ok: boolean;
  counts: Counts;
  seconds: number;
  /** Why it failed, in a few words; empty when it passed. */
  reason: string;
  /** The log's last lines, for the console when it failed. */
  tail: string;
  log: string;
}

/** Long enough for everything on a slow machine, short enough to end a run that hangs. */
const LIMIT_S = 600;
const TAIL_LINES = 120;

const running = new Set<number>();

/** Ends every step that runs, with all processes it started. */
export function endAll(): void {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It ended by itself in this very moment.
    }
  }
}

/** Runs the step to its end and says how it went; never throws for a step that fails. */
export async function execute(step: Step): Promise<Outcome> {
  const started = performance.now();
  const log = join(results, 'logs', `${step.name}.log`);
  if (step.report) rmSync(step.report.file, { force: true });
  const ending = await runToEnd(step, log);
  const { counts, reason } = judge(step, ending);
  const ok = reason === '';
  return {
    step,
    ok,
    counts,
    seconds: (performance.now() - started) / 1000,
    reason,
    tail: ok ? '' : readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n'),
    log,
  };
}

/** Resolves to how it ended badly, in words; '' for well. */
async function runToEnd(step: Step, log: string): Promise<string> {
  const output = createWriteStream(log);
  const [program = '', ...args] = step.command;
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      // Servers are started by the hundred: without their types to strip each time, a third faster.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
    },
  });
  const group = child.pid;
  if (group) running.add(group);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const ending = await new Promise<string>((resolve) => {
    const limit = setTimeout(() => {
      if (group) process.kill(-group, 'SIGKILL');
      resolve(`stopped after ${LIMIT_S} s`);
    }, LIMIT_S * 1000);
    const end = (how: string) => {
      clearTimeout(limit);
      resolve(how);
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => end(code === 0 ? '' : (signal ?? `exit code ${code}`)));
  });
  if (group) running.delete(group);
  await new Promise<void>((resolve) => output.end(resolve));
  return ending;
}

/** A runner that crashed or ran nothing has failed, whatever its report says. */
function judge(step: Step, ending: string): { counts: Counts; reason: string } {
  const good: Counts = { passed: 1, failed: 0, skipped: 0 };
  const bad: Counts = { passed: 0, failed: 1, skipped: 0 };
  if (!step.report) return { counts: ending ? bad : good, reason: ending };
  const counts = readCounts(step.report);
  if (!counts) return { counts: bad, reason: ending || 'it left no report' };
  if (counts.failed > 0) return { counts, reason: `${counts.failed} failed` };
  const reason = counts.passed === 0 ? 'no test was executed' : ending;
  return { counts: reason ? { ...counts, failed: 1 } : counts, reason };
}

/** Counts of a runner, read from its JSON report: never from what it prints for people. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Step } from './steps.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** The counts of a report file; undefined where the runner left none, or none that can be read. */
export function readCounts({ by, file }: NonNullable<Step['report']>): Counts | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return by === 'vitest' ? ofVitest(json) : ofPlaywright(json);
  } catch {
    return undefined;
  }
}

function ofVitest(json: unknown): Counts {
  const report = vitestReport.parse(json);
  // A file that cannot even be loaded holds no test that could fail, so it counts itself.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function ofPlaywright(json: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(json);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

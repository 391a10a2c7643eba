import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './tests/setup/chromium.ts';

/** The browser tests start the production server themselves: one per test, on a spare port. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/browser',
  forbidOnly: Boolean(process.env.CI),
  // A retry would hide the very races these tests are after.
  retries: 0,
  // People think and counts beat every 5 s: with two at a time two cores would idle most of the time.
  workers: 4,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['line'],
    ['json', { outputFile: process.env.BROWSER_REPORT ?? 'test-results/browser.json' }],
  ],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
    actionTimeout: 15_000,
    // Recording costs as much CPU as the pages themselves: TRACE=1 repeats a failure with it.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});

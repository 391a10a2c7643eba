/**
 * `npm run bench:phone`: the phone's first view and its answer to each tap up to the own result, on a
 * throttled profile in Chromium. Medians of `--runs` (5) runs, each in a fresh browser context; a table and one line of JSON.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { optionsOf, whole } from '../runner/options.ts';
import { startApp } from '../setup/app.ts';
import { chromiumArgs, chromiumPath } from '../setup/chromium.ts';
import { connectHost, createSession, goTo } from '../setup/room.ts';

const { values } = optionsOf({ options: { runs: { type: 'string', default: '5' } } });
const RUNS = whole('runs', values.runs, 1);
/** 4× CPU, 1.6 Mbit/s each way, 150 ms round trip. */
const SLOW_CPU = 4;
const BYTES_PER_S = (1.6 * 1024 * 1024) / 8;
const LATENCY_MS = 150;
const FIRST_VIEW_BUDGET_MS = 2000;
const TAP_BUDGET_MS = 200;
const STATEMENTS = 12;
const POINTS = 5;

interface Run {
  /** The contract can be read and joined, ms from the navigation. */
  firstView: number;
  /** The slowest of the taps, as the browser's event timing tells it, ms. */
  tap: number;
  /** Cumulative layout shift of the whole visit. */
  shift: number;
}

const app = await startApp();
const { code, host: key } = await createSession(app.url);
const host = await connectHost(app.url, key);
await goTo(host, 'assessment', 'open');
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
const runs: Run[] = [];
try {
  for (let run = 0; run < RUNS; run++) runs.push(await measure(browser, `${app.url}/join/${code}`));
} finally {
  await browser.close();
  host.close();
  await app.stop();
}

const result = {
  firstView: Math.round(median(runs.map(({ firstView }) => firstView))),
  tap: Math.round(median(runs.map(({ tap }) => tap))),
  shift: Math.round(median(runs.map(({ shift }) => shift)) * 1000) / 1000,
};
console.table([
  { measure: 'first view, ms', median: result.firstView, budget: FIRST_VIEW_BUDGET_MS },
  { measure: 'slowest tap of a visit, ms', median: result.tap, budget: TAP_BUDGET_MS },
  { measure: 'layout shift', median: result.shift, budget: 0.1 },
]);
console.log(JSON.stringify({ phone: result, runs }));

async function measure(on: Browser, url: string): Promise<Run> {
  const context = await on.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_S,
    uploadThroughput: BYTES_PER_S,
  });
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
  await observe(page);
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  const firstView = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Join', exact: true }).tap();
  for (let statement = 0; statement < STATEMENTS; statement++) {
    await page
      .getByRole('radio')
      .nth(statement % POINTS)
      .tap();
    await page.locator('form button[type=submit]').tap();
  }
  await page.getByRole('button', { name: 'See what would leave' }).tap();
  await page.getByRole('button', { name: 'Send', exact: true }).tap();
  await page.getByText('Your own result').waitFor();
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => globalThis.phoneSeen);
  await context.close();
  return { firstView, tap: seen.tap, shift: seen.shift };
}

declare global {
  var phoneSeen: { tap: number; shift: number };
}

/** Notes the slowest interaction and what moved without being asked to. */
function observe(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const seen = { tap: 0, shift: 0 };
    globalThis.phoneSeen = seen;
    const taps: PerformanceObserverInit & { durationThreshold: number } = {
      type: 'event',
      durationThreshold: 16,
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { duration, interactionId } = entry as PerformanceEventTiming;
        // A pointer that the page only comes to lie under is nobody's tap: it waits for the whole start.
        if (interactionId) seen.tap = Math.max(seen.tap, duration);
      }
    }).observe(taps);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * What each face loads, as the production server really sends it: bodies, gzip. `npm run weight`
 * prints the table; a phone's budgets are kept here.
 */
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { assess, CONSOLE, LEANINGS, live, PHONE, says, WALL } from './people.ts';
import { startRoom } from './room.ts';
import { served } from './served.ts';

/** Script from the QR code to “Counted”, of a vote and of the assessment together. */
const SCRIPT_KB = 60;
/** Everything before the contract can be read and joined. */
const FIRST_VIEW_KB = 150;

interface Loaded {
  path: string;
  type: string;
  bytes: number;
  encoding: string;
}

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

test('a phone loads at most 60 kB of script up to its answer, and 150 kB for its first view', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const address = `${app.url}/join/${room.code}`;
  const rows: { face: string; script: number; all: number; files: number }[] = [];
  const report = (face: string, files: Iterable<Loaded>) => {
    const all = [...files];
    const row = { face, script: kilobytes(all.filter(isScript)), all: kilobytes(all) };
    rows.push({ ...row, files: all.length });
    return row;
  };

  const voter = await openWeighed(browser, PHONE, address);
  await says(voter.page, 'Your answers stay on this phone.');
  const first = report('phone: first view', voter.loaded());
  await join(voter.page);
  for (let presses = 0; presses < 4; presses++) await pressNext(room.host);
  await goTo(room.host, 'myth', 'open');
  await voter.page.getByRole('radio').nth(1).check();
  const vote = voter.loaded();
  await send(voter.page);
  await pressNext(room.host);

  await goTo(room.host, 'assessment', 'open');
  const assessed = await openWeighed(browser, PHONE, address);
  await join(assessed.page);
  await assess(assessed.page, LEANINGS.leaningEm);
  const assessment = assessed.loaded();
  await send(assessed.page);
  const union = new Map([...vote, ...assessment].map((file) => [file.path, file]));
  const path = report('phone: up to the answer', union.values());
  const { page, loaded } = await openWeighed(browser, PHONE, address, Math.random());
  await join(page);
  const whole = () => page.evaluate(async () => (await caches.match('/solo')) !== undefined);
  await expect.poll(whole).toBe(true);
  report('phone: with all that is fetched at leisure', loaded());

  for (const [face, options, key] of [
    ['host', CONSOLE, room.keys.host],
    ['screen', WALL, room.keys.screen],
  ] as const) {
    const { page, loaded } = await openWeighed(
      browser,
      options,
      `${app.url}/${face}/${room.code}#${key}`,
    );
    await page.waitForLoadState('networkidle');
    report(face, loaded());
  }
  console.table(rows);

  const texts = [...union.values()].filter(({ type }) => /javascript|css|html/.test(type));
  const plain = texts.filter(
    ({ encoding, path }) => encoding !== 'gzip' && !path.startsWith('/join'),
  );
  expect(plain).toEqual([]);
  expect(path.script).toBeLessThanOrEqual(SCRIPT_KB);
  expect(first.all).toBeLessThanOrEqual(FIRST_VIEW_KB);
  room.close();
});

async function join(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await live(phone);
}

async function send(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted');
}

const isScript = ({ type }: Loaded) => type.includes('javascript');
const kilobytes = (files: Loaded[]) =>
  Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 100) / 10;

/**
 * A fresh browser context that notes what it is sent.
 *
 * @param moment of all that a phone fetches at leisure, early (0) to late (1); by default far too
 *   late for this test: until then the page fetches what the way to the answer asks for
 * @returns `loaded`: every file so far, once
 */
async function openWeighed(
  browser: Browser,
  options: typeof PHONE,
  url: string,
  moment = 1000,
): Promise<{ page: Page; loaded: () => Loaded[] }> {
  // As on plain http; with TLS brotli makes it less.
  const extraHTTPHeaders = { 'accept-encoding': 'gzip' };
  const context = await browser.newContext({ ...options, extraHTTPHeaders });
  const page = await context.newPage();
  await page.addInitScript((moment) => (Math.random = () => moment), moment);
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  const files = new Map<string, Loaded>();
  line.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url);
    const headers = new Map(
      Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    files.set(requestId, {
      path: pathname,
      type: headers.get('content-type') ?? '',
      bytes: -response.encodedDataLength,
      encoding: headers.get('content-encoding') ?? '',
    });
  });
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes += encodedDataLength;
  });
  await page.goto(url);
  return { page, loaded: () => [...files.values()].map((file) => ({ ...file })) };
}

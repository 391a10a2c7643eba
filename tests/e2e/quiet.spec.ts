/** What a server's and a proxy's log can tell of one phone: nothing about what its owner does (DISC-6). */
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { standBetween, type Between } from './between.ts';
import { assess, LEANINGS, live, open, PHONE, says } from './people.ts';
import { startRoom } from './room.ts';

let app: TestApp;
let between: Between;
test.beforeEach(async () => {
  app = await startApp();
  between = await standBetween(app.port);
});
test.afterEach(async () => {
  between.stop();
  await app.stop();
});

test('DISC-6 from its first moments on a phone asks for nothing, and of all it does only the ballot leaves it', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const phone = await open(browser, PHONE, `${between.url}/join/${room.code}`);
  const sent: string[] = [];
  phone.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      // Two characters are a heartbeat.
      if (String(payload).length > 2) sent.push(String(payload));
    }),
  );
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await live(phone);
  await hasAll(phone);
  const [asked, said] = [between.asked().length, sent.length];
  const tap = (name: string | RegExp) => phone.getByRole('button', { name, exact: true }).click();
  const save = async (name: string) => {
    await Promise.all([phone.waitForEvent('download'), tap(name)]);
  };

  await tap('Mine');
  await says(phone, 'What left this phone');
  await phone.getByText('More about this, and its limits').click();
  await says(phone, 'What it cannot promise');
  await goTo(room.host, 'myth', 'open');
  await phone.getByRole('radio').nth(1).check();
  await tap('Keep it on my phone');
  await says(phone, 'Kept on this phone.');
  for (let presses = 0; presses < 2; presses++) await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await assess(phone, LEANINGS.leaningEm);
  await tap('Send');
  await says(phone, 'Counted.');
  await says(phone, 'What it may mean');
  await tap('Make a plan');
  await phone.getByRole('radio').first().check();
  for (const step of ['Next', 'Next', 'Next', 'Done']) await tap(step);
  await phone.evaluate(() => {
    window.print = () => undefined;
  });
  for (const file of ['Calendar file (.ics)', 'PDF', 'Markdown', 'JSON']) await save(file);
  await tap('Print');
  await phone.locator('.sheet').waitFor({ state: 'attached' });
  await tap('Hide');
  await tap('Mine');
  await tap('Show');
  await says(phone, 'Version 1, counted');

  expect(between.asked().slice(asked)).toEqual([]);
  expect(sent.slice(said).map((frame) => frame.replace(/^\d+/, '').slice(0, 9))).toEqual([
    '["ballot"',
  ]);
  room.close();
});

test('DISC-6 whoever is faster than that waits for it: no request follows the tap that decides', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  await goTo(room.host, 'assessment', 'open');
  const context = await browser.newContext(PHONE);
  // Thirteen seconds: no person is faster, this test is.
  await context.addInitScript(() => (Math.random = () => 4));
  const phone = await context.newPage();
  await phone.goto(`${between.url}/join/${room.code}`);
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await phone.getByRole('radio').first().waitFor();
  const asked = between.asked().length;
  const since = Date.now();
  await phone.evaluate(async () => {
    const next = () => new Promise((resolve) => setTimeout(resolve, 30));
    for (let at = 0; at < 12; at++) {
      document.querySelectorAll<HTMLInputElement>('input[type=radio]')[3]?.click();
      await next();
      document.querySelector<HTMLButtonElement>('form button[type=submit]')?.click();
      await next();
    }
  });
  await phone.getByRole('button', { name: 'See what would leave' }).click();
  await phone.getByRole('button', { name: 'Keep it on my phone' }).click();
  await says(phone, 'Kept on this phone.');
  await phone.waitForTimeout(300);
  const [after, took] = [between.asked().slice(asked), Date.now() - since];
  expect(took, 'this machine is too slow to be faster').toBeLessThan(12_000);
  expect(after).toEqual([]);
  await says(phone, 'What it may mean');
  room.close();
});

/** Everything that is fetched at leisure has come, and the worker keeps it. */
async function hasAll(phone: Page): Promise<void> {
  await expect.poll(() => phone.evaluate(async () => !!(await caches.match('/solo')))).toBe(true);
}

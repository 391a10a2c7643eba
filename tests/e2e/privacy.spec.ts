/** The privacy page: it says the risks, whoever comes from wherever, on whatever they hold. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { createSession } from '../setup/room.ts';
import { complaints } from './axe.ts';
import { CONSOLE, open, PHONE, says } from './people.ts';

/** Everything under “Say plainly” of the disclosure policy, by words that cannot be softened away. */
const RISKS = [
  /Whoever runs the server could read ballots in its memory/,
  /4 made-up phones could get around the minimum of 5\. Count heads/,
  /copied data folder, or a second session with the same people, is beyond/,
  /Each result is protected on its own/,
  /cannot take back what people say aloud, or already know/,
  /published chart may show that nobody chose/,
];
/** The table of holders: who, and what they never see. */
const HOLDERS: [string, RegExp][] = [
  ['The facilitator and the big screen', /No list of people, no names/],
  ['You, and everyone else who joined', /The same counts and the same results/],
  ['The server’s memory', /when the round is counted/],
  ['The server’s storage', /No names, no addresses, no times of arrival/],
  ['The server’s log', /No content, and nobody/],
];

let app: TestApp;
test.afterEach(() => app.stop());

test('says every risk and every holder; readable at 320 px, light and dark', async ({
  browser,
}) => {
  app = await startApp();
  for (const { face, colorScheme } of [
    { face: { ...PHONE, viewport: { width: 320, height: 640 } }, colorScheme: 'dark' },
    { face: PHONE, colorScheme: 'light' },
    { face: CONSOLE, colorScheme: 'dark' },
    { face: CONSOLE, colorScheme: 'light' },
  ] as const) {
    const page = await open(browser, { ...face, colorScheme }, `${app.url}/privacy`);
    const limits = page.getByRole('region', { name: 'What it cannot promise' });
    for (const risk of RISKS) await expect(limits.getByText(risk)).toBeVisible();
    for (const [who, sees] of HOLDERS)
      await expect(page.getByText(who, { exact: true }).locator('..')).toContainText(sees);
    await expect(page.getByText('“5 or more of 8” does not.')).toBeVisible();
    // Not the window's own width: a phone widens it to what does not fit.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(face.viewport?.width);
    expect(await complaints(page)).toEqual([]);
    await page.context().close();
  }
});

test('a laptop’s server recommends a neutral host; a named operator is named', async ({
  browser,
}) => {
  app = await startApp();
  const own = await open(browser, PHONE, `${app.url}/privacy`);
  await says(own, /if that is your manager, a neutral host is better/);
  await says(own, 'This server runs on the facilitator’s own machine.');
  await app.stop();
  app = await startApp({ env: { OPERATOR_NAME: 'the works council' } });
  const other = await open(browser, PHONE, `${app.url}/privacy`);
  await says(other, 'This server is run by the works council.');
  await expect(other.getByText(/neutral host/)).toBeHidden();
});

test('the start page, its form and the phone’s contract lead there, and back', async ({
  browser,
}) => {
  app = await startApp();
  const link = (page: Page | Locator) =>
    page.getByRole('link', { name: 'Privacy: who can see what' });
  const heading = (page: Page) => page.getByRole('heading', { name: 'Privacy, in plain words' });
  const start = await open(browser, CONSOLE, app.url);
  await expect(link(start)).toHaveCount(2);
  for (const at of ['form', 'footer']) {
    await link(start.locator(at)).click();
    await expect(heading(start)).toBeVisible();
    await start.getByRole('button', { name: 'Back' }).click();
    await expect(start.getByRole('button', { name: 'Start the session' })).toBeVisible();
  }
  const { code } = await createSession(app.url);
  const phone = await open(browser, PHONE, `${app.url}/join/${code}`);
  await phone.getByText('More about this, and its limits').click();
  for (const risk of RISKS) await says(phone, risk);
  expect(await complaints(phone)).toEqual([]);
  await link(phone).click();
  await expect(heading(phone)).toBeVisible();
  await phone.getByRole('button', { name: 'Back' }).click();
  await expect(phone.getByRole('button', { name: 'Join', exact: true })).toBeVisible();

  const direct = await open(browser, PHONE, `${app.url}/privacy`);
  await expect(direct.getByRole('link', { name: 'To the start page' })).toBeVisible();
});

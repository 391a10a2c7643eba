/** One room, two languages: each phone reads its own, the wall speaks the session's. */
import { expect, test } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { connectHost, createSession, goTo } from '../setup/room.ts';
import { open, PHONE, says, WALL } from './people.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('a German phone and an English one answer in one room; the wall speaks the session’s language; a phone changes its own and keeps its seat', async ({
  browser,
}) => {
  const { code, ...keys } = await createSession(app.url, { language: 'de' });
  const host = await connectHost(app.url, keys.host);
  const address = `${app.url}/join/${code}`;
  const german = await open(browser, { ...PHONE, locale: 'de-DE' }, address);
  const english = await open(browser, { ...PHONE, locale: 'en-GB' }, address);

  await expect(german.locator('html')).toHaveAttribute('lang', 'de');
  await german.getByRole('button', { name: 'Mitmachen', exact: true }).click();
  await says(german, 'Online');
  await english.getByRole('button', { name: 'Join', exact: true }).click();
  await says(english, 'Live');

  // A browser that speaks English shows a German room.
  const wall = await open(
    browser,
    { ...WALL, locale: 'en-GB' },
    `${app.url}/screen/${code}#${keys.screen}`,
  );
  await says(wall, 'Mitmachen unter');
  await expect(wall.locator('html')).toHaveAttribute('lang', 'de');
  await expect(wall).toHaveTitle(/Leinwand/);

  await goTo(host, 'myth', 'open');
  await expect(wall.getByText('Eine Behauptung')).toBeVisible();
  await expect(german.getByRole('radio', { name: 'Stimmt nicht' })).toBeVisible();
  await english.getByRole('radio', { name: 'Disagree' }).check();
  await english.getByRole('button', { name: 'Send', exact: true }).click();
  await says(english, 'Counted');
  expect(await english.locator('main h1').innerText()).not.toBe(
    await german.locator('main h1').innerText(),
  );

  // Only its own language came to either phone.
  const fetched = (phone: typeof german) =>
    phone.evaluate(async () => {
      const files = performance.getEntriesByType('resource').map(({ name }) => name);
      const scripts = files.filter((name) => name.includes('/immutable/') && name.endsWith('.js'));
      const sources = await Promise.all(scripts.map(async (name) => (await fetch(name)).text()));
      return sources.join('\n');
    });
  const [ofGerman, ofEnglish] = [await fetched(german), await fetched(english)];
  expect(ofGerman).toContain('Deine Antworten bleiben auf diesem Handy.');
  expect(ofGerman).not.toContain('Your answers stay on this phone.');
  expect(ofEnglish).not.toContain('Deine Antworten bleiben auf diesem Handy.');

  await english.getByRole('button', { name: 'Mine', exact: true }).click();
  await english.getByRole('button', { name: 'Deutsch', exact: true }).click();
  await says(english, 'Gezählt.');
  await expect(english.locator('html')).toHaveAttribute('lang', 'de');
  expect(await english.locator('main h1').innerText()).toBe(
    await german.locator('main h1').innerText(),
  );
  expect(host.view().counts).toMatchObject({ seats: 2 });
  host.close();
});

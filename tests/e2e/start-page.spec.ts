/** What the start page says when it may not, or when nobody answers. */
import { expect, test, type Page } from '@playwright/test';
import { startApp } from '../setup/app.ts';
import { CONSOLE, live, open, PHONE, says } from './people.ts';
import { startRoom } from './room.ts';

test('S11 a passphrase, missing and wrong, then one session too many', async ({ browser }) => {
  const app = await startApp({
    env: { CREATE_PASSPHRASE: 'open sesame', MAX_SESSIONS: '1' },
  });
  const { url } = app;
  const page = await open(browser, CONSOLE, url);
  const go = page.getByRole('button', { name: 'Start the session' });
  const field = page.getByLabel('Passphrase of this server');
  await page.getByText('Stricter').click();
  await page.getByText('The essentials').click();
  await page.getByLabel('Room code').fill('K7M');
  // Whoever reads about privacy first finds everything as it was.
  await page.getByRole('link', { name: 'Privacy' }).first().click();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('radio', { name: 'Stricter' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'The essentials' })).toBeChecked();
  await expect(page.getByLabel('Room code')).toHaveValue('K7M');
  await go.click();
  await says(page, 'This server asks for its passphrase.');
  await field.fill('open barley');
  await go.click();
  await says(page, 'Check it and try again.');
  await expect(field).toHaveValue('open barley');
  await expect(page.getByRole('radio', { name: 'Stricter' })).toBeChecked();
  await field.fill('open sesame');
  await go.click();
  await page.waitForURL(/\/host\//);

  await page.goto(url);
  await field.fill('open sesame');
  await go.click();
  await says(page, 'This server already runs as many sessions as it may.');
  await expect(page.getByRole('link', { name: /^Open the console of/ })).toBeVisible();
  await app.stop();
});

/** Waits until nothing has come for a second: what a link under the pointer asks for comes after the load. */
async function fetched(page: Page): Promise<void> {
  let known = -1;
  const stands = async () => {
    const now = await page.evaluate(() => performance.getEntriesByType('resource').length);
    const same = now === known;
    known = now;
    return same;
  };
  await expect.poll(stands, { intervals: [1_000], timeout: 20_000 }).toBe(true);
}

test('the server goes away under the start page, and under a contract', async ({ browser }) => {
  const app = await startApp();
  const { url } = app;
  const room = await startRoom(url, 0);
  const page = await open(browser, CONSOLE, url);
  const go = page.getByRole('button', { name: 'Start the session' });
  await expect(go).toBeVisible();
  const phone = await open(browser, PHONE, `${url}/join/${room.code}`);
  const join = phone.getByRole('button', { name: 'Join', exact: true });
  await expect(join).toBeVisible();
  const typing = await open(browser, PHONE, url);
  await typing.getByLabel('Room code').fill(room.code);
  const lost = await open(browser, CONSOLE, `${url}/host/K7M2QX`);
  await lost.getByRole('link', { name: 'To the start page' }).hover();
  for (const each of [typing, lost]) await fetched(each);

  await app.kill('SIGKILL');
  await go.click();
  await says(page, 'The server did not answer. Nothing is lost: try again.');
  await join.click();
  await says(phone, 'The server did not answer. Nothing is lost: try again.');
  await typing.getByRole('button', { name: 'Join', exact: true }).click();
  await says(typing, 'The server did not answer');
  await lost.getByRole('link', { name: 'To the start page' }).click();
  await says(lost, 'The server did not answer, so its workshops are not known yet.');

  await app.restart();
  for (const each of [typing, lost]) await each.getByRole('button', { name: 'Try again' }).click();
  await expect(lost.getByRole('button', { name: 'Start the session' })).toBeVisible();
  await says(typing, 'Your answers stay on this phone.');
  await join.click();
  await live(phone);
  await go.click();
  await page.waitForURL(/\/host\//);
  room.close();
  await app.stop();
});

/** The evening before: from the start page to a revealed distribution and its report, with nobody there. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { readPdf } from '../lib/export/reader.ts';
import { startApp } from '../setup/app.ts';
import { complaints } from './axe.ts';
import {
  closeRound,
  CONSOLE,
  joinPhone,
  jumpTo,
  live,
  open,
  openScreen,
  press,
  says,
} from './people.ts';
import { stepOf } from './workshop.ts';

test('a rehearsal from start to report, marked on every face and after every reload', async ({
  browser,
}) => {
  test.slow();
  const app = await startApp();
  const page = await open(browser, CONSOLE, app.url);
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await page.waitForURL(/\/host\/[2-9A-Z]{6}$/);
  const host = { page, code: page.url().slice(-6), url: app.url };
  await says(page, '12 of 12 simulated people are in.');
  expect(await complaints(page)).toEqual([]);

  // A room of four: the vote is offered all the same, and shows nothing.
  await page.getByLabel('People', { exact: true }).fill('4');
  await page.getByLabel('People', { exact: true }).press('Tab');
  await says(page, '4 of 4 simulated people are in.');

  // The same tab again finds the same seats: twelve were ever given.
  await page.reload();
  await says(page, '4 of 4 simulated people are in.');
  await says(page, '12 joined in all');

  await page.getByLabel('People', { exact: true }).fill('12');
  await page.getByLabel('People', { exact: true }).press('Tab');
  await says(page, '12 of 12 simulated people are in.');
  await page.getByLabel('Opinions').selectOption('All of one mind');
  const wall = await openScreen(browser, host);
  await says(wall, 'simulated people, not the real session');

  const { title } = await stepOf('assessment');
  await jumpTo(host, title);
  await press(host, 'Open for answers');
  // One of twelve keeps it to itself, so the close asks once more, as it would on the day.
  await says(page, /^11$|11 of 12|11 answered/, 40_000);
  await closeRound(host);
  await press(host, 'Show the result');
  await says(wall, /or more of 11: Staff side/);
  await says(page, 'Nearly all of one mind');

  // Nobody takes it for the real thing, before joining or after.
  const phone = await open(browser, CONSOLE, `${app.url}/join/${host.code}`);
  await says(phone, 'This is a rehearsal');
  const joined = await joinPhone(browser, host);
  await says(joined, 'Simulated people, nothing real.');
  await joined.reload();
  await says(joined, 'Simulated people, nothing real.');

  await page.getByLabel('Your own notes').fill('Leave more time for the myths.');
  await page.getByRole('button', { name: 'End and delete' }).click();
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Markdown', exact: true }).click();
  const file = await arriving;
  expect(file.suggestedFilename()).toMatch(/^crossroads-rehearsal-/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain('**Rehearsal: the people in it were simulated**');
  expect(text).toContain('Leave more time for the myths.');

  // On paper the sheet alone, two pages at most.
  await page.evaluate(() => (window.print = () => undefined));
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await page.locator('.sheet').waitFor({ state: 'attached' });
  const paper = await readPdf(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  expect(paper.pages.length).toBeLessThanOrEqual(2);
  expect(paper.text).toContain('Leave more time for the myths.');
  expect(paper.text).not.toContain('Delete everything now');

  await page.getByRole('button', { name: 'Delete everything now' }).click();
  await says(page, 'This session has ended');
  await says(wall, 'This rehearsal has ended');
  await says(joined, 'Simulated people, nothing real.');
  await app.stop();
});

test('a second console of a rehearsal brings no second crowd unless it is asked to', async ({
  browser,
}) => {
  const app = await startApp();
  const page = await open(browser, CONSOLE, app.url);
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await says(page, '12 of 12 simulated people are in.');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await live(other);
  await says(other, 'The simulated people live in the tab that started this rehearsal.');
  await page.getByRole('button', { name: 'Send them away' }).click();
  await says(page, 'The simulated people are away.');
  await page.reload();
  await says(page, 'The simulated people are away.');
  await other.goto(app.url);
  await expect(
    other.getByRole('link', { name: /^Open the console of the rehearsal/ }),
  ).toBeVisible();
  await app.stop();
});

test('another workshop, with other poles and four statements, from the list to its distribution', async ({
  browser,
}) => {
  const app = await startApp({ env: { CONTENT_DIR: './content,tests/content/fixtures/sample' } });
  const page = await open(browser, CONSOLE, app.url);
  await page.getByRole('radio', { name: 'Tea or coffee?' }).check();
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await page.waitForURL(/\/host\/[2-9A-Z]{6}$/);
  const host = { page, code: page.url().slice(-6), url: app.url };
  await expect(page.getByLabel('Opinions').getByRole('option')).toContainText([
    'Leaning towards Tea',
  ]);
  await says(page, '12 of 12 simulated people are in.');
  await jumpTo(host, 'Four statements');
  await press(host, 'Open for answers');
  await says(page, /^11$|11 of 12|11 answered/, 40_000);
  await closeRound(host);
  await press(host, 'Show the result');
  await says(page, /11 answered\. Strongly Tea:\s\d, Leaning Tea:\s\d, Balanced:\s\d/);
  await expect(page.locator('body')).not.toContainText(/Staff|\bEM\b|Engineer/);
  await app.stop();
});

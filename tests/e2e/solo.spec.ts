/** Without a room: assess, plan, take home, come back, compare; the same components as on the phone. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startApp } from '../setup/app.ts';
import { accessible, fitsThumbs } from './accessible.ts';
import { answerStatements, LEANINGS, open, PHONE, says } from './people.ts';

const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

test('solo: assess across a reload, result and plan without a server, a second run, compared with an opened file', async ({
  browser,
}) => {
  const app = await startApp();
  const page = await open(browser, SMALL, app.url);
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const holds = async (where: string) => {
    await accessible(page, where);
    await fitsThumbs(page, where);
  };
  await page.getByRole('link', { name: 'No room? Do it on your own' }).click();
  await says(page, 'None yet.');
  await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
  await holds('solo: start');
  await tap('Begin');
  await answerStatements(page, LEANINGS.balanced, 1, 5);
  await says(page, '6 of 12');
  await page.reload();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await answerStatements(page, LEANINGS.balanced, 6);
  await tap('See my result');
  await says(page, 'Both roles attract you');
  await holds('solo: result');
  await page.context().setOffline(false);
  await page.reload();
  await says(page, 'Both roles attract you');
  // Everything that follows is made on this device.
  await says(page, 'What it may mean');
  await expect(page.getByText('This round has closed')).toHaveCount(0);
  await tap('Make a plan');
  await page.getByRole('radio').first().check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON', exact: true }).click(),
  ]);
  const json = await readFile(await download.path(), 'utf8');

  await test.step('a second run, in a browser that starts without the server', async () => {
    await page.getByRole('link', { name: 'All results' }).click();
    await says(page, 'on your own');
    await page.context().setOffline(true);
    await tap('Begin');
    await answerStatements(page, LEANINGS.strongEm);
    await tap('See my result');
    await says(page, 'Strongly EM');
    await page.reload();
    await says(page, 'Strongly EM');
    await page.context().setOffline(false);
    await page.getByRole('link', { name: 'All results' }).click();
    await expect(page.getByRole('checkbox')).toHaveCount(2);
  });

  await test.step('a file is opened; damaged, foreign and newer ones are told and change nothing', async () => {
    const choose = (text: string) =>
      page
        .getByLabel('Open a summary')
        .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    for (const [text, said] of [
      [json.slice(0, 200), 'it is not JSON'],
      ['{"a": 1}', 'not a Crossroads summary'],
      [json.replace('"crossroads": 2', '"crossroads": 9'), 'newer Crossroads (format 9)'],
      [json.replace('"lean": 2', '"lean": 7'), '“lean” should be a whole number from 0 to 4'],
    ] as const) {
      await choose(text);
      await says(page, said);
      await says(page, 'Nothing on this device has changed.');
    }
    await expect(page.getByRole('checkbox')).toHaveCount(2);
    await holds('solo: a file that is none');
    await choose(json.replace(/"date": ".{10}"/, '"date": "2026-05-12"'));
    await says(page, 'Opened.');
    await expect(page.getByRole('checkbox')).toHaveCount(3);
    await holds('solo: results');
  });

  await test.step('what moved: in words, as a picture, statement by statement', async () => {
    await tap('Compare what is ticked');
    await says(page, /Your lean went from “Balanced” to “Strongly EM”/);
    await says(page, 'Engineering Manager: up from 24 to 30.');
    await says(page, 'Staff Engineer: down from 24 to 12.');
    await says(page, '4 before, 2 now');
    await says(page, /Tuesday,? 12 May 2026/);
    await holds('solo: compared');
    await page.reload();
    await says(page, 'Engineering Manager: up from 24 to 30.');
  });

  await test.step('DISC-13 one tap covers answers and results on every page, also after a reload', async () => {
    await tap('Hide');
    await says(page, 'Your answers are covered.');
    await expect(page.getByText('up from 24 to 30')).toHaveCount(0);
    await page.getByRole('link', { name: 'All results' }).click();
    await says(page, 'Your answers are covered.');
    await expect(page.getByText('Strongly EM')).toHaveCount(0);
    await page.reload();
    await says(page, 'Your answers are covered.');
    await holds('solo: covered');
    await tap('Show');
    await page
      .getByRole('link', { name: /^Open / })
      .first()
      .click();
    await says(page, 'Strongly EM');
    await tap('Hide');
    await expect(page.getByText('Strongly EM')).toHaveCount(0);
    await tap('Show');
  });

  await test.step('deleted one by one, and all', async () => {
    await page.getByRole('link', { name: 'All results' }).click();
    await page.getByRole('button', { name: /^Delete .* 12 May 2026/ }).click();
    await holds('solo: delete?');
    await tap('Delete');
    await expect(page.getByRole('checkbox')).toHaveCount(2);
    await tap('Delete all of them');
    await tap('Delete');
    await says(page, 'None yet.');
    await page.reload();
    await says(page, 'None yet.');
    const kept = await page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => /^crossroads\.(?!workbook)/.test(key))).toEqual([]);
  });
  await app.stop();
});

test('solo in a browser that keeps nothing: it says so, and works until the page closes', async ({
  browser,
}) => {
  const app = await startApp();
  const page = await open(browser, PHONE, `${app.url}/privacy`);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('not in this browser', 'SecurityError');
      },
    });
  });
  await page.goto(`${app.url}/solo`);
  await says(page, 'This browser does not store what you do here.');
  await page.getByRole('button', { name: 'Begin' }).click();
  await answerStatements(page, LEANINGS.strongStaff);
  await page.getByRole('button', { name: 'See my result' }).click();
  await says(page, 'Strongly Staff');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON', exact: true }).click(),
  ]);
  await page.getByRole('link', { name: 'All results' }).click();
  await expect(page.getByRole('checkbox')).toHaveCount(1);
  const earlier = (await readFile(await download.path(), 'utf8')).replace(
    '"date": "2',
    '"date": "1',
  );
  await page.getByLabel('Open a summary').setInputFiles({
    name: 'a.json',
    mimeType: 'application/json',
    buffer: Buffer.from(earlier),
  });
  await says(page, 'Opened, but not kept');
  await expect(page.getByRole('checkbox')).toHaveCount(2);
  await app.stop();
});

test('the plan of a workshop as content:new makes it: suggestions that begin alike are all offered', async ({
  browser,
}) => {
  const contentDir = await mkdtemp(join(tmpdir(), 'crossroads-content-'));
  await cp('server/content/template', join(contentDir, 'tiny'), { recursive: true });
  const app = await startApp({ env: { CONTENT_DIR: contentDir } });
  const page = await open(browser, PHONE, `${app.url}/solo`);
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await tap('Begin');
  const progress = await page.getByText(/^1 of \d+$/).innerText();
  for (let left = Number(progress.slice(5)); left > 0; left--) {
    await page.getByRole('radio').nth(2).check();
    await page.locator('form button[type=submit]').click();
  }
  await tap('See my result');
  await tap('Make a plan');
  await tap('Next');
  await expect(page.getByRole('button', { name: /^If somebody asks for a new tool/ })).toHaveCount(
    2,
  );
  await app.stop();
  await rm(contentDir, { recursive: true });
});

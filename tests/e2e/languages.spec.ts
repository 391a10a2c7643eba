/** One room, two languages: each phone reads its own, the wall speaks the session's. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { connectHost, createSession, goTo } from '../setup/room.ts';
import { assessAndSend, LEANINGS, open, PHONE, says, WALL } from './people.ts';
import { stepOf } from './workshop.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

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

test('a finished assessment, its plan and its files are told in the language that is read now, also after the end', async ({
  browser,
}) => {
  const { code, ...keys } = await createSession(app.url, { language: 'en' });
  const host = await connectHost(app.url, keys.host);
  const phone = await open(browser, { ...PHONE, locale: 'en-GB' }, `${app.url}/join/${code}`);
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await goTo(host, 'assessment', 'open');
  await assessAndSend(phone, LEANINGS.leaningEm);
  await phone.getByRole('button', { name: 'Make a plan' }).click();
  const { statements, trials } = await stepOf('assessment');
  const english = [
    trials[1][0]?.text ?? '',
    statements.find(({ pole }) => pole === 'em')?.text ?? '',
  ];
  await phone.getByRole('radio', { name: trials[1][0]?.text ?? '' }).check();
  for (const step of ['Next', 'Next', 'Next', 'Done'])
    await phone.getByRole('button', { name: step, exact: true }).click();
  for (const text of english) await says(phone, text);

  await phone.getByRole('button', { name: 'Mine', exact: true }).click();
  await phone.getByRole('button', { name: 'Deutsch', exact: true }).click();
  await says(phone, 'Gezählt.');
  const german = async () => {
    await says(phone, 'Was dich anzieht');
    for (const text of english)
      await expect(phone.locator('section[aria-labelledby]').getByText(text)).toHaveCount(0);
    const [download] = await Promise.all([
      phone.waitForEvent('download'),
      phone.getByRole('button', { name: 'Markdown', exact: true }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('Alle deine Antworten');
    for (const line of english) expect(text).not.toContain(line);
  };
  await german();
  // What left is told as it was sent, and says in which language that is.
  await phone.getByRole('button', { name: 'Meins', exact: true }).click();
  await expect(phone.locator('ul[lang=en]').first()).toBeAttached();

  await host.socket.timeout(5000).emitWithAck('end', { code });
  await says(phone, 'Diese Sitzung ist beendet');
  await german();
  await phone.getByRole('button', { name: 'English', exact: true }).click();
  await says(phone, 'This session has ended');
  for (const text of english) await says(phone, text);
  host.close();
});

/** Somebody's own plan: made on the phone, taken home, and still there when the session is gone. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { readPdf } from '../lib/export/reader.ts';
import { startApp } from '../setup/app.ts';
import { goTo } from '../setup/room.ts';
import { accessible, fitsThumbs } from './accessible.ts';
import { assess, joinPhone, LEANINGS, PHONE, says } from './people.ts';
import { startRoom } from './room.ts';
import { stepOf } from './workshop.ts';

const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

test('a plan in a room: made across reloads, in calendar and PDF, and still there after the end (DISC-12)', async ({
  browser,
}) => {
  const app = await startApp();
  const room = await startRoom(app.url, 0);
  const phone = await joinPhone(browser, { url: app.url, code: room.code }, SMALL);
  const sent: string[] = [];
  phone.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  phone.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => sent.push(String(payload))),
  );
  const tap = (name: string) => phone.getByRole('button', { name, exact: true }).click();
  const holds = async (where: string) => {
    await accessible(phone, where);
    await fitsThumbs(phone, where);
  };
  const { trials } = await stepOf('assessment');
  const trial = trials[1][0]?.text ?? '';

  await goTo(room.host, 'assessment', 'open');
  await assess(phone, LEANINGS.leaningEm);
  await tap('Keep it on my phone');
  await says(phone, 'What it may mean');
  await says(phone, 'Take it home');
  await says(phone, 'To avoid regret');
  await holds('result');

  await tap('Make a plan');
  // The trials of the own lean come first.
  const first = phone.getByRole('radio').first();
  await expect(first.and(phone.getByRole('radio', { name: trial }))).toBeVisible();
  await phone.getByRole('radio', { name: trial }).check();
  await holds('plan: trial');
  await phone.reload();
  await expect(phone.getByRole('radio', { name: trial })).toBeChecked();
  await tap('Next');
  await expect(phone.getByRole('heading', { name: 'Tie it to a moment' })).toBeFocused();
  await phone.getByRole('button', { name: /^If a new colleague joins/ }).click();
  await phone.getByLabel('then I will …').fill('own the first four weeks, canary-4711');
  await holds('plan: commitment');
  await phone.reload();
  await expect(phone.getByLabel('If …')).toHaveValue('a new colleague joins');
  await tap('Next');
  await phone.getByLabel('I start on').fill('2027-01-04');
  await holds('plan: dates');
  await phone.reload();
  await expect(phone.getByLabel('I look back on')).toHaveValue('2027-02-15');
  await tap('Next');
  await phone.getByRole('radio', { name: '5 weeks' }).check();
  await phone.getByText('What to tag').click();
  await phone.getByText('How to read it').click();
  await holds('plan: audit');
  await tap('Done');
  await says(phone, 'If a new colleague joins, then I will own the first four weeks, canary-4711.');
  await holds('plan: made');
  await tap('Hide');
  await expect(phone.getByText('canary-4711')).toBeHidden();
  await tap('Show');

  await test.step('the calendar file', async () => {
    const text = await saved(phone, 'Calendar file (.ics)');
    const calendar = new ICAL.Component(ICAL.parse(text.toString()) as unknown[]);
    const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
    expect(events.map(({ startDate }) => String(startDate))).toEqual([
      '2027-01-04',
      '2027-01-25',
      '2027-02-15',
      '2027-01-08',
      '2027-02-05',
    ]);
    expect(events[0]?.summary).toBe(`Start: ${trial}`);
    expect(events[0]?.description).toContain('canary-4711');
  });

  await test.step('the audit on one sheet of paper', async () => {
    // The browser's own dialogue would wait for a person.
    await phone.evaluate(() => {
      window.print = () => undefined;
    });
    await tap('Print the audit sheet');
    await phone.locator('.sheet').waitFor({ state: 'attached' });
    const sheet = await readPdf(new Uint8Array(await phone.pdf({ preferCSSPageSize: true })));
    expect(sheet.pages).toHaveLength(1);
    expect(sheet.text).toContain('Everything else');
    expect(sheet.text).not.toContain('Your own result');
    // The summary next: the audit's sheet is gone by then, from the paper and from the page.
    await tap('Print');
    await expect(phone.locator('.sheet')).toHaveCount(1);
    await expect(phone.locator('.sheet h1')).toHaveText(/Staff Engineer/);
  });

  await test.step('after the session and the server are gone', async () => {
    await room.host.socket.timeout(5000).emitWithAck('end', { code: room.code });
    await says(phone, 'This session has ended');
    await app.kill('SIGKILL');
    await says(phone, 'canary-4711');
    await tap('Change the plan');
    await expect(phone.getByRole('radio', { name: trial })).toBeChecked();
    for (const step of ['Next', 'Next', 'Next', 'Done']) await tap(step);
    const { text, pages } = await readPdf(new Uint8Array(await saved(phone, 'PDF')));
    expect(text).toContain('then I will own the first four weeks, canary-4711.');
    expect(text).toContain(trial);
    expect(text).toMatch(/Monday,? 15 February 2027/);
    expect(pages.length).toBeLessThanOrEqual(2);
    // One sheet at a time, the last one asked for.
    await tap('Print');
    await expect(phone.locator('.sheet')).toContainText('canary-4711');
    await tap('Print the audit sheet');
    await expect(phone.locator('.sheet')).toHaveCount(1);
    const json = JSON.parse((await saved(phone, 'JSON')).toString()) as Record<string, unknown>;
    expect(json).toMatchObject({ crossroads: 2, plan: { pole: 1, audit: { weeks: 5 } } });
  });
  await test.step('forgotten: nothing is left in the page either (DISC-13)', async () => {
    await tap('Print');
    await expect(phone.locator('.sheet')).toHaveCount(1);
    await tap('Forget what is on this phone');
    await phone.getByRole('dialog').getByRole('button', { name: 'Forget it all' }).click();
    await expect(phone.getByText('canary-4711')).toHaveCount(0);
    await expect(phone.locator('.sheet')).toHaveCount(0);
  });
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.join('\n')).not.toMatch(/canary-4711|2027-01-04/);
  room.close();
  await app.stop();
});

/** A download, as its bytes. */
async function saved(phone: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([
    phone.waitForEvent('download'),
    phone.getByRole('button', { name, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

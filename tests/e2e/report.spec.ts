/** The facilitator takes the report home: before the end, and from the page that stays after it. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { connectHost, connectPeople, createSession, goTo, vote } from '../setup/room.ts';
import { complaints } from './axe.ts';
import { CONSOLE, live, open, PHONE } from './people.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

/** A session in which six people voted on the first claim, and somebody at its console. */
async function voted(cells: readonly number[]) {
  const { code, host: key } = await createSession(app.url);
  const host = await connectHost(app.url, key);
  const people = await connectPeople(app.url, code, cells.length);
  const { revision } = await goTo(host, 'myth', 'open');
  for (const [index, person] of people.entries()) {
    await person.until((view) => view.revision === revision);
    expect(await vote(person, { cell: cells[index] ?? 0 })).toMatchObject({ ok: true });
  }
  const { slide } = await goTo(host, 'myth', 'shown');
  const close = () => [host, ...people].forEach((face) => face.close());
  return { code, key, host, title: slide.title, close };
}

async function saved(page: Page, format: string): Promise<{ name: string; text: string }> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: format, exact: true }).click();
  const file = await arriving;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('T12 Markdown and CSV before deleting, and again after it; nothing more than was published', async ({
  browser,
}) => {
  const { code, key, title, close } = await voted([0, 0, 0, 0, 0, 2]);
  const page = await open(browser, CONSOLE, `${app.url}/host/${code}#${key}`);
  await live(page);
  await page.getByRole('button', { name: 'End and delete' }).click();
  await expect(page.getByText('Save the report first')).toBeVisible();
  expect(await complaints(page)).toEqual([]);
  const csv = await saved(page, 'CSV');
  expect(csv.name).toMatch(/^crossroads-report-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text).toContain(`"${title}",,,`);
  expect(csv.text).toContain('"veiled","Agree","4 or more",6');
  await expect(page.getByText('Saved to your downloads.')).toBeVisible();

  await page.getByRole('button', { name: 'Delete everything now' }).click();
  await expect(page.getByRole('heading', { name: 'This session has ended' })).toBeVisible();
  await app.kill('SIGKILL');
  const markdown = await saved(page, 'Markdown');
  expect(markdown.name).toMatch(/\.md$/);
  expect(markdown.text).toContain('4 or more of 6: Agree.');
  expect(markdown.text).not.toContain('| Agree |');
  expect(await complaints(page)).toEqual([]);
  close();
});

test('the last step offers the report; on a phone too', async ({ browser }) => {
  const { code, key, host, close } = await voted([0, 1, 2, 0, 1, 2]);
  const last = host.view().agenda.at(-1)!;
  const { next } = await goTo(host, last.kind, last.landing!.stage);
  expect(next).toBeNull();
  for (const face of [CONSOLE, PHONE]) {
    const page = await open(browser, face, `${app.url}/host/${code}#${key}`);
    await live(page);
    await expect(page.getByRole('heading', { name: 'Save the report' })).toBeVisible();
    const { text } = await saved(page, 'Markdown');
    expect(text).toContain('6 answered. Agree: 2, Unsure: 2, Disagree: 2.');
  }
  close();
});

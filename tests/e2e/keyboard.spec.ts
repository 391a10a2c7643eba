/** The phone and the console by keyboard alone: every action in reach, the focus always in sight. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { goTo } from '../setup/room.ts';
import { CONSOLE, live, open, PHONE, says } from './people.ts';
import { openConsole, startRoom } from './room.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

test('WCAG 2.1.1 2.4.7 2.4.11 on a phone: from the code to a counted assessment', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  // As tall as a phone is under a browser's bars.
  const phone = await open(browser, { ...PHONE, viewport: { width: 390, height: 620 } }, app.url);
  const button = (name: string) => phone.getByRole('button', { name, exact: true });
  const { keyboard } = phone;
  await tabTo(phone, phone.getByLabel('Room code'));
  await keyboard.type(room.code.toLowerCase());
  await keyboard.press('Enter');
  await says(phone, 'Your answers stay on this phone.');
  await tabTo(phone, phone.getByText('More about this'));
  await keyboard.press('Enter');
  await says(phone, 'What it cannot promise');
  await tabTo(phone, button('Join'));
  await keyboard.press('Enter');
  await live(phone);

  await goTo(room.host, 'myth', 'open');
  await choose(phone, 1);
  await tabTo(phone, button('Send'));
  await keyboard.press('Enter');
  await expect(phone.getByText('Done. You can wait for the room.')).toBeFocused();
  await tabTo(phone, button('Change my answer'));
  await keyboard.press('Enter');
  await choose(phone, 2, 1);
  await tabTo(phone, button('Keep it on my phone'));
  await keyboard.press('Space');
  await says(phone, 'Kept on this phone. Version 1 still counts.');
  await goTo(room.host, 'myth', 'closed');

  await goTo(room.host, 'assessment', 'open');
  for (let at = 1; at <= 12; at++) {
    await says(phone, `${at} of 12`);
    if (at > 1) await expect(phone.locator('legend .statement')).toBeFocused();
    await choose(phone, 3);
    await tabTo(phone, phone.locator('form button[type=submit]'));
    await keyboard.press('Enter');
  }
  await expect(phone.getByRole('heading', { name: 'Your answers' })).toBeFocused();
  await tabTo(phone, button('See what would leave'));
  await keyboard.press('Enter');
  await expect(phone.getByRole('heading', { name: 'This is all that leaves' })).toBeFocused();
  await tabTo(phone, button('Send'));
  await keyboard.press('Enter');
  await says(phone, 'Counted.');
  const [download] = await Promise.all([
    phone.waitForEvent('download'),
    tabTo(phone, button('Markdown')).then(() => keyboard.press('Enter')),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.md$/);
  await tabTo(phone, button('Hide'), 'Shift+Tab');
  await keyboard.press('Enter');
  await says(phone, 'Your answers are covered.');
  room.close();
});

test('WCAG 2.1.1 2.1.4 2.4.3 on the console: steps, dialogs that give the keyboard back, shortcuts that can rest', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 1);
  const page = await openConsole(browser, room);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const { keyboard } = page;
  const stage = (name: string) => room.host.until(({ cursor }) => cursor.stage === name);
  const { agenda, cursor } = room.host.view();

  await keyboard.press('ArrowRight');
  await room.host.until((view) => view.position === 1);
  await says(page, 'Step 2 of');
  // Too soon it is taken for the second half of a double click, on a busy machine for longer; before the
  // first step there is nowhere to go.
  const back = async () => {
    await keyboard.press('PageUp');
    return room.host.view().cursor.step;
  };
  await expect.poll(back, { intervals: [400], timeout: 10_000 }).toBe(cursor.step);

  for (const name of ['Share', 'Shortcuts', 'End and delete']) {
    await tabTo(page, button(name));
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    // The keyboard is in the dialog: no key reaches the room behind it.
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(
      true,
    );
    await keyboard.press('ArrowRight');
    await keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // Not on the button that opened it: the next space is meant for the room.
    await expect(page.locator('.primary-press')).toBeFocused();
  }
  expect(room.host.view().cursor).toEqual(cursor);

  const myth = agenda.find(({ kind }) => kind === 'myth')?.title ?? '';
  await tabTo(page, page.getByRole('navigation').getByRole('button', { name: myth }).first());
  await keyboard.press('Enter');
  await stage('ask');
  await tabTo(page, button('Open the vote'));
  await keyboard.press('Enter');
  await stage('open');
  await tabTo(page, button('Close and count'));
  await keyboard.press('Space');
  await expect(button('Keep it open')).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await keyboard.press('Enter');
  await tabTo(page, button('Close anyway'), 'Shift+Tab');
  await keyboard.press('Enter');
  await stage('closed');
  // The other socket may hear of it first: keys rest until this page's dialog is gone.
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await keyboard.press('?');
  const rest = page.getByLabel('Use keyboard and clicker shortcuts');
  await tabTo(page, rest);
  await keyboard.press('Space');
  await keyboard.press('Escape');
  await page.reload();
  await live(page);
  const { revision } = room.host.view();
  for (const key of ['ArrowRight', 'PageDown', 'ArrowLeft', 'b', 'k', '?'])
    await keyboard.press(key);
  await tabTo(page, button('Shortcuts'));
  await keyboard.press('Enter');
  await expect(rest).not.toBeChecked();
  expect(room.host.view().revision).toBe(revision);
  room.close();
});

test('WCAG 2.1.1 on the start page: a session by keyboard alone', async ({ browser }) => {
  const page = await open(browser, CONSOLE, app.url);
  const go = page.getByRole('button', { name: 'Start the session' });
  await go.waitFor();
  await tabTo(page, page.getByRole('radio', { name: 'Standard' }));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, go);
  await page.keyboard.press('Enter');
  await live(page);
  await says(page, 'Fewer than 8 people are here.');
});

/** Chooses by arrow keys. @param from the option that is chosen already, where the focus arrives */
async function choose(phone: Page, option: number, from = 0): Promise<void> {
  const radios = phone.getByRole('radio');
  await tabTo(phone, radios.nth(from));
  await phone.keyboard.press('Space');
  for (let at = from; at < option; at++) await phone.keyboard.press('ArrowDown');
  await expect(radios.nth(option)).toBeChecked();
}

/** Presses Tab until the focus is there, and sees it there: an outline, and nothing lies on top of it. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const most = 60;
  await target.waitFor();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await focused()); presses++) {
    if (presses === most) throw new Error(`${String(target)} is out of the keyboard’s reach`);
    await page.keyboard.press(key);
  }
  const seen = () =>
    target.evaluate((element) => {
      const row = element.closest('label') ?? element;
      const { left, top, width, height } = row.getBoundingClientRect();
      const onTop = document.elementFromPoint(left + width / 2, top + height / 2);
      const outlined = [element, row].some(
        (each) => getComputedStyle(each).outlineStyle !== 'none',
      );
      return { outlined, uncovered: onTop !== null && row.contains(onTop) };
    });
  await expect
    .poll(seen, { message: `the focus on ${String(target)}` })
    .toEqual({ outlined: true, uncovered: true });
}

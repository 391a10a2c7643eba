/** The host's console on another machine, and two of them at once. */
import { expect, test, type Page } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { CONSOLE, live, open, says } from './people.ts';
import { cohostOf, openConsole, openWall, startRoom } from './room.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

test('S3 a wrong link opens nothing, and the key that is kept stays', async ({ browser }) => {
  const room = await startRoom(app.url, 0);
  const page = await openConsole(browser, room);
  const address = page.url().replace(/#.*/, '');
  await says(page, 'Live');
  await page.goto('about:blank');
  const [sid = ''] = room.keys.host.split('.');
  await page.goto(`${address}#${sid}.${'A'.repeat(43)}`);
  await says(page, 'This link does not open the console');
  await page.getByRole('link', { name: 'Open the console that this device knows' }).click();
  await says(page, 'Live');
  // Cut short and pasted over the console that runs: it runs on, and no piece of the key is in sight.
  await page.goto(`${address}#${room.keys.host.slice(0, -1)}`);
  await expect(page).toHaveURL(address);
  await says(page, 'Live');
  // Cut short on its way, and opened where no key is known.
  const elsewhere = await open(browser, CONSOLE, `${address}#${room.keys.host.slice(0, -3)}`);
  await says(elsewhere, 'Copy the recovery link once more');
  // And the whole one pasted over it.
  await elsewhere.goto(`${address}#${room.keys.host}`);
  await says(elsewhere, 'Live');
  room.close();
});

test('R3 the recovery link brings the console back on another laptop', async ({ browser }) => {
  const room = await startRoom(app.url, 0);
  const before = await openConsole(browser, room);
  await before.getByRole('button', { name: /^Next: / }).click();
  await says(before, /Step 2 of .* part 1 of/);
  await before.getByRole('button', { name: 'Share' }).click();
  await before.getByRole('button', { name: 'Show the recovery link' }).click();
  const link = new URL(await before.getByLabel('Recovery link', { exact: true }).inputValue());
  await before.context().close();

  const after = await open(browser, CONSOLE, app.url + link.pathname + link.hash);
  await says(after, /Step 2 of .* part 1 of/);
  await after.keyboard.press('ArrowRight');
  await says(after, /Step 2 of .* part 2 of/);
  // S3: the key is out of sight, and this laptop needs the link no more.
  expect(new URL(after.url()).hash).toBe('');
  await after.reload();
  await says(after, /Step 2 of .* part 2 of/);
  room.close();
});

test('R8 the host’s link and a co-host’s, pressed at once and each twice, move the room one step', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const links = [room, await cohostOf(room)];
  const consoles = await Promise.all(links.map((each) => openConsole(browser, each)));
  for (let press = 1; press <= 5; press++) {
    const { next, revision } = room.host.view();
    const at = Date.now() + 300;
    // In the same moment, and a moment later: too soon to have read that the room has moved.
    const later = press % 2 === 0 ? 0 : 60;
    await Promise.all(consoles.map((page, index) => pressTwice(page, at + index * later)));
    const view = await room.host.until((view) => view.revision > revision);
    for (const page of consoles) await says(page, `Step ${view.position + 1} of`);
    // Longer than anybody needs to see that the room has moved.
    await consoles[0]?.waitForTimeout(400);
    expect(room.host.view().cursor, `press ${press}`).toEqual(next);
  }
  room.close();
});

test('S3 R8 a co-host’s link, a new projector link, and a hand-over after which only its link runs the room', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const page = await openConsole(browser, room);
  const wall = await openWall(browser, room);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  /** The address in a field, as this machine reaches it. */
  const address = async (label: string) => {
    const { pathname, hash } = new URL(await page.getByLabel(label, { exact: true }).inputValue());
    return app.url + pathname + hash;
  };
  await page.getByRole('button', { name: 'Share' }).click();
  await press('Make a co-host link');
  await press('Show the co-host link');
  const cohost = await open(browser, CONSOLE, await address('Co-host link'));
  await live(cohost);
  await cohost.keyboard.press('ArrowRight');
  await room.host.until((view) => view.position === 1);

  await press('Make a new projector link');
  await press('End the old link now');
  await says(wall, 'This projector link was replaced');
  const href = await page.getByRole('link', { name: 'Open in a new window' }).getAttribute('href');
  const newWall = await open(browser, {}, new URL(href ?? '', app.url).href);
  await expect(newWall.locator('.wall .slide')).toBeVisible();

  await press('Hand the session over …');
  await press('Show the new link');
  const heir = await address('New host link');
  await press('Hand over now');
  await says(page, 'You have handed this session over');
  await says(cohost, 'This session was handed over');
  const after = await open(browser, CONSOLE, heir);
  await live(after);
  await after.keyboard.press('ArrowRight');
  const { cursor } = room.host.view();
  await expect(newWall.locator('.wall .slide')).not.toHaveAttribute('data-stage', cursor.stage);
  await page.reload();
  await says(page, 'This session was handed over');
  room.close();
});

/** Presses the primary action twice before any answer can come. @param at ms since 1970, so that several pages press at once */
async function pressTwice(page: Page, at: number): Promise<void> {
  await page.locator('.primary-press').evaluate(async (button, at) => {
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    for (const _ of [1, 2]) (button as HTMLElement).click();
  }, at);
}

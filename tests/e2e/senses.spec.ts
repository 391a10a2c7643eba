/** Forced colours and reduced motion: the system's word goes before ours. */
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { CONSOLE, live, open, PHONE, says, WALL } from './people.ts';
import { peopleAnswer, spreadLeans, startRoom } from './room.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('forced colours: no text in the colour of what lies under it, on any face', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 12);
  const { code, keys, host } = room;
  const forced = { forcedColors: 'active', reducedMotion: 'reduce' } as const;
  const phone = await open(browser, { ...PHONE, ...forced }, `${app.url}/join/${code}`);
  await says(phone, 'Your answers stay on this phone.');
  expect.soft(await unreadable(phone), 'contract').toEqual([]);
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await live(phone);
  const wall = await open(
    browser,
    { ...WALL, ...forced },
    `${app.url}/screen/${code}#${keys.screen}`,
  );
  const page = await open(
    browser,
    { ...CONSOLE, ...forced },
    `${app.url}/host/${code}#${keys.host}`,
  );
  await live(page);
  await page.getByRole('button', { name: 'Share' }).click();
  expect.soft(await unreadable(page), 'share dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await goTo(host, 'assessment', 'open');
  await says(phone, '1 of 12');
  await phone.getByRole('radio').nth(1).check();
  expect.soft(await unreadable(phone), 'statement').toEqual([]);
  await peopleAnswer(room, spreadLeans);
  await goTo(host, 'assessment', 'closed');
  await says(page, 'Only you see this so far');
  expect.soft(await unreadable(page), 'first look').toEqual([]);
  for (const stage of ['shown', 'statements']) {
    await pressNext(host);
    const { slide } = host.view();
    for (const face of [phone, wall, page]) {
      await says(face, ('prompt' in slide ? slide.prompt : null) ?? 'a prompt');
      expect.soft(await unreadable(face), stage).toEqual([]);
    }
  }
  await app.kill('SIGKILL');
  await says(wall, 'Connection lost.');
  expect.soft(await unreadable(wall), 'connection lost').toEqual([]);
  room.close();
});

for (const reducedMotion of ['no-preference', 'reduce'] as const)
  test(`the dots gather ${reducedMotion === 'reduce' ? 'at once where motion is reduced' : 'in motion otherwise'}`, async ({
    browser,
  }) => {
    const room = await startRoom(app.url, 12);
    const address = `${app.url}/screen/${room.code}#${room.keys.screen}`;
    const wall = await open(browser, { ...WALL, reducedMotion }, address);
    await goTo(room.host, 'assessment', 'open');
    await peopleAnswer(room, spreadLeans);
    await goTo(room.host, 'assessment', 'closed');
    await says(wall, room.host.view().slide.title);
    await wall.evaluate(() => {
      const longest = () =>
        document
          .getAnimations()
          .map((each) => Number(each.effect?.getComputedTiming().endTime ?? 0));
      let seen = 0;
      const look = () => {
        seen = Math.max(seen, ...longest());
        document.documentElement.dataset.longest = String(seen);
        requestAnimationFrame(look);
      };
      look();
    });
    await pressNext(room.host);
    await says(wall, /12 answered/);
    await wall.waitForTimeout(500);
    const longest = Number(await wall.locator('html').getAttribute('data-longest'));
    if (reducedMotion === 'reduce') expect(longest).toBeLessThan(1);
    else expect(longest).toBeGreaterThan(100);
    room.close();
  });

/** Texts whose ground has their own colour. A forced label gets a ground of paper, whatever ours was. */
function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CLEAR = 'rgba(0, 0, 0, 0)';
    const paper = getComputedStyle(document.body).backgroundColor;
    const withText = [...document.querySelectorAll('body *')].filter(
      (element) =>
        element.checkVisibility() &&
        !element.closest('.visually-hidden, #svelte-announcer') &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    return withText.flatMap((element) => {
      const { color, forcedColorAdjust } = getComputedStyle(element);
      let under: Element | null = element;
      while (under && getComputedStyle(under).backgroundColor === CLEAR)
        under = under.parentElement;
      const ours = under ? getComputedStyle(under).backgroundColor : paper;
      const ground = forcedColorAdjust === 'none' ? ours : paper;
      return color === ground ? [`${element.textContent?.trim()} (${color})`] : [];
    });
  });
}

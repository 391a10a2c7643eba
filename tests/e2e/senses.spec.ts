/** Reduced motion: the system's word goes before ours. Forced colours: gallery.spec.ts. */
import { expect, test } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { open, says, WALL } from './people.ts';
import { peopleAnswer, spreadLeans, startRoom } from './room.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
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

/** A phone whose network and server are gone opens its own page all the same; nothing live is kept. */
import { expect, test } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { assess, joinPhone, LEANINGS, live, says, sendVote } from './people.ts';
import { startRoom } from './room.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('R3 R4 reloaded without network and server, a phone opens its answers and its result, and says that it is offline', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const phone = await joinPhone(browser, { url: app.url, code: room.code });
  await goTo(room.host, 'myth', 'open');
  await sendVote(phone, 1);
  await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await assess(phone, LEANINGS.leaningEm);
  await phone.getByRole('button', { name: 'Keep it on my phone' }).click();
  await says(phone, 'Leaning EM');

  const kept = () =>
    phone.evaluate(async () => {
      const keys = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys())
          keys.push(new URL(url).pathname);
      return keys;
    });
  await expect.poll(kept).toContain('/join/code');
  // Result and exports came after the first keeping: another moment in the background keeps them too.
  await phone.waitForTimeout(1500);
  await phone.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await phone.waitForTimeout(1000);
  const others = (await kept()).filter((path) => !path.startsWith('/_app/immutable/'));
  expect(others.filter((path) => /api|socket|host|screen/.test(path))).toEqual([]);

  await app.kill('SIGKILL');
  await phone.context().setOffline(true);
  await phone.reload();
  await says(phone, 'Offline');
  await says(phone, 'The room cannot be reached right now.');
  await phone.getByRole('button', { name: 'Mine' }).click();
  await says(phone, 'Leaning EM');
  await says(phone, 'Version 1');

  await app.restart();
  await phone.context().setOffline(false);
  await live(phone);
  room.close();
});

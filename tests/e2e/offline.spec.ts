/** A phone whose network and server are gone opens its own pages all the same; nothing live is kept. */
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { standBetween } from './between.ts';
import {
  answerStatements,
  assess,
  joinPhone,
  LEANINGS,
  live,
  open,
  PHONE,
  says,
  sendVote,
} from './people.ts';
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
  await expect.poll(() => kept(phone)).toContain('/solo');
  const others = (await kept(phone)).filter((path) => !path.startsWith('/_app/immutable/'));
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

test('whoever came by the QR code alone has the installed icon’s page and the one without a room offline too', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 0);
  const { pathname, hash } = new URL(room.host.view().joinUrl);
  const phone = await open(browser, PHONE, app.url + pathname + hash);
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await live(phone);
  await expect.poll(() => kept(phone)).toContain('/solo');
  const manifest = await fetch(`${app.url}/manifest.webmanifest`);
  const { start_url: start } = (await manifest.json()) as { start_url: string };
  room.close();
  await app.kill('SIGKILL');
  await phone.context().setOffline(true);

  await phone.goto(app.url + start);
  await says(phone, 'Rooms on this phone');
  await phone.getByRole('link', { name: room.code }).click();
  await says(phone, 'The room cannot be reached right now.');
  await phone.goto(`${app.url}/privacy`);
  await says(phone, 'What stays on your phone');
  await phone.goto(`${app.url}/solo`);
  await phone.getByRole('button', { name: 'Begin' }).click();
  await answerStatements(phone, LEANINGS.strongEm);
  await phone.getByRole('button', { name: 'See my result' }).click();
  await says(phone, 'What it may mean');
  await Promise.all([
    phone.waitForEvent('download'),
    phone.getByRole('button', { name: 'PDF', exact: true }).click(),
  ]);
});

test('R5 a deploy: the open page goes on, offline the old one opens whole, then the new one takes over whole', async ({
  browser,
}) => {
  const between = await standBetween(app.port);
  const room = await startRoom(app.url, 0);
  const phone = await joinPhone(browser, { url: between.url, code: room.code });
  await expect.poll(() => kept(phone)).toContain('/solo');
  const [before] = await versions(phone);
  // Under its worker from here on.
  await phone.reload();
  await live(phone);
  // Fetches nothing at leisure, as one that has come this very moment.
  const late = await browser.newContext(PHONE);
  await late.addInitScript(() => (Math.random = () => 1000));
  const other = await late.newPage();
  await other.goto(`${between.url}/join/${room.code}`);
  await other.getByRole('button', { name: 'Join', exact: true }).click();
  await live(other);

  between.deploy();
  await phone.evaluate(async () => {
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
    await (await navigator.serviceWorker.ready).update();
    await taken;
  });
  await goTo(room.host, 'myth', 'open');
  await sendVote(phone, 1);
  await pressNext(room.host);
  await phone.context().setOffline(true);
  await phone.reload();
  await says(phone, 'The room cannot be reached right now.');
  await phone.getByRole('button', { name: 'Mine' }).click();
  await says(phone, 'What left this phone');

  await phone.context().setOffline(false);
  await phone.reload();
  await live(phone);
  await expect.poll(async () => (await versions(phone)).includes(before ?? '')).toBe(false);
  await phone.context().setOffline(true);
  await phone.reload();
  await says(phone, 'The room cannot be reached right now.');
  const scripts = await phone.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /immutable.*\.js/.exec(name) ?? []),
  );
  expect(scripts.filter((name) => !name.endsWith('x.js'))).toEqual([]);

  // A part of the build before, asked for afterwards: a sentence, and one tap goes on.
  await goTo(room.host, 'assessment', 'open');
  await says(other, 'This part could not be fetched.');
  await other.getByRole('button', { name: 'Reload' }).click();
  await says(other, '1 of 12');
  between.stop();
  room.close();
});

/** Paths in all caches. */
function kept(phone: Page): Promise<string[]> {
  return phone.evaluate(async () => {
    const keys = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        keys.push(new URL(url).pathname);
    return keys;
  });
}

const versions = (phone: Page) => phone.evaluate(() => caches.keys());

/** What a reload, a second tab, a lost network, and a killed server must not change. */
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { goTo, pressNext } from '../setup/room.ts';
import {
  answerStatements,
  assessAndSend,
  changeVote,
  joinPhone,
  LEANINGS,
  live,
  open,
  PHONE,
  says,
  secondTab,
  sendVote,
} from './people.ts';
import {
  closeAndCount,
  openConsole,
  openWall,
  peopleAnswer,
  seatsOf,
  spreadLeans,
  startRoom,
} from './room.ts';

/** With one more phone they make twelve: nothing is withheld, and a spread is shown to the last ballot. */
const OTHERS = 11;

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('R3 a phone reloaded at any moment comes back to its seat, its step and its answers', async ({
  browser,
}) => {
  const room = await startRoom(app.url, OTHERS);
  const phone = await open(browser, PHONE, `${app.url}/join/${room.code}`);
  await says(phone, 'Your answers stay on this phone.');
  await phone.reload();
  await says(phone, 'Your answers stay on this phone.');
  await phone.getByRole('button', { name: 'Join', exact: true }).click();
  await live(phone);
  await survivesReload(phone, 'lobby');

  await goTo(room.host, 'gut', 'ask');
  await phone.getByRole('radio').nth(1).check();
  await survivesReload(phone, 'first feeling, kept');

  await goTo(room.host, 'myth', 'open');
  await phone.getByRole('radio').nth(2).check();
  await survivesReload(phone, 'vote, chosen and not sent');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted.');
  await survivesReload(phone, 'vote, counted');
  await pressNext(room.host);

  await goTo(room.host, 'assessment', 'open');
  await answerStatements(phone, LEANINGS.leaningEm, 1, 3);
  await says(phone, '4 of 12');
  await phone.getByRole('radio').nth(4).check();
  await survivesReload(phone, 'assessment, in the middle');
  await answerStatements(phone, LEANINGS.leaningEm, 4);
  await survivesReload(phone, 'review');
  await phone.getByRole('button', { name: 'See what would leave' }).click();
  await survivesReload(phone, 'before sending');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted.');
  await survivesReload(phone, 'after sending');
  await phone.getByRole('button', { name: 'Change my answer' }).click();
  await phone.getByRole('button', { name: 'See what would leave' }).click();
  await phone.getByRole('button', { name: 'Keep it on my phone' }).click();
  await says(phone, 'Kept on this phone. Version 1 still counts.');
  await survivesReload(phone, 'after keeping');

  await peopleAnswer(room, spreadLeans);
  await goTo(room.host, 'distribution', 'shown');
  await says(phone, /12 answered/);
  await survivesReload(phone, 'result');
  await phone.getByRole('button', { name: 'Mine' }).click();
  await says(phone, 'Leaning EM');
  await expect.poll(() => seatsOf(room)).toBe(OTHERS + 1);
  room.close();
});

test('R2 two tabs of one phone are one seat with one ballot, and show each other’s change of mind', async ({
  browser,
}) => {
  const room = await startRoom(app.url, OTHERS);
  await goTo(room.host, 'myth', 'open');
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  const phone = await joinPhone(browser, { url: app.url, code: room.code });
  const tab = await secondTab(phone);
  await sendVote(phone, 0);
  await says(tab, 'Counted.');
  await changeVote(tab, 1);
  for (const page of [phone, tab]) await says(page, 'Counted (version 2).');
  // Both at once: whoever is second becomes another version, or says the same.
  await Promise.all([changeVote(phone, 2), changeVote(tab, 2)]);
  await says(phone, /Counted \(version [3-5]\)\./);
  const said = await phone.getByText(/^Counted/).innerText();
  await says(tab, said);
  expect(await closeAndCount(room)).toEqual([4, 4, 4]);
  expect(await seatsOf(room)).toBe(OTHERS + 1);
  room.close();
});

test('R1 R4 a vote without a network, and one the server swallows: never called counted, counted once', async ({
  browser,
}) => {
  const room = await startRoom(app.url, OTHERS);
  await goTo(room.host, 'myth', 'open');
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  const phone = await joinPhone(browser, { url: app.url, code: room.code });

  await phone.getByRole('radio').nth(0).check();
  await phone.context().setOffline(true);
  await says(phone, 'Offline');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Offline. Kept on this phone, and sent as soon as you are back.');
  await phone.context().setOffline(false);
  await says(phone, 'Counted.');

  await app.kill('SIGSTOP');
  await changeVote(phone, 2);
  await says(phone, 'Saving… Version 1 still counts.');
  await says(phone, /Offline\. Kept on this phone, .* Version 1 still counts\./);
  await app.kill('SIGCONT');
  await says(phone, 'Counted (version 2).');
  expect(await closeAndCount(room)).toEqual([4, 4, 4]);
  room.close();
});

test('R1 R3 the server is killed in an open round: every face comes back by itself, each ballot counts once', async ({
  browser,
}) => {
  const room = await startRoom(app.url, OTHERS - 1);
  await goTo(room.host, 'assessment', 'open');
  await peopleAnswer(room, spreadLeans);
  const host = await openConsole(browser, room);
  const screen = await openWall(browser, room);
  const half = await joinPhone(browser, { url: app.url, code: room.code });
  const done = await joinPhone(browser, { url: app.url, code: room.code });
  await answerStatements(half, LEANINGS.strongEm, 1, 3);
  await assessAndSend(done, LEANINGS.strongStaff);

  await app.kill('SIGKILL');
  await says(host, 'Reconnecting…');
  await says(screen, 'Connection lost.');
  for (const phone of [half, done]) await says(phone, 'Offline');
  await answerStatements(half, LEANINGS.strongEm, 4, 6);
  await app.restart();
  for (const face of [host, half, done]) await live(face);
  await expect(screen.getByText('Connection lost.')).toBeHidden();
  await says(half, '7 of 12');
  await says(done, 'Counted.');
  await assessAndSend(half, LEANINGS.strongEm, 7);

  await expect.poll(() => room.host.socket.connected).toBe(true);
  expect(await closeAndCount(room)).toEqual([3, 2, 2, 2, 3]);
  await says(host, 'Only you see this so far');
  // R8: a press in the moment in which another console moves the room is dropped.
  await host.waitForTimeout(400);
  await host.getByRole('button', { name: 'Show the result' }).click();
  await says(screen, /12 answered/);
  for (const phone of [half, done]) await says(phone, /12 answered/);
  room.close();
});

test('R3 a phone that slept while the server restarted and the room went on wakes where the room is', async ({
  browser,
}) => {
  const room = await startRoom(app.url, OTHERS);
  await goTo(room.host, 'myth', 'open');
  const phone = await joinPhone(browser, { url: app.url, code: room.code });
  await sendVote(phone, 0);
  // R1: what was counted a second ago is on disk, and a phone that sleeps cannot offer it again.
  await phone.waitForTimeout(1500);
  const wake = await sleep(phone);
  await app.restart();
  await expect.poll(() => room.host.socket.connected).toBe(true);
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  expect(await closeAndCount(room)).toEqual([5, 4, 3]);
  const { slide } = await goTo(room.host, 'assessment', 'open');
  await wake();
  await says(phone, slide.title);
  await live(phone);
  await assessAndSend(phone, LEANINGS.balanced);
  expect(await seatsOf(room)).toBe(OTHERS + 1);
  room.close();
});

/** Reloads, and finds every word and every chosen option as they were. @param where for the message */
async function survivesReload(phone: Page, where: string): Promise<void> {
  const words = () => phone.locator('main').innerText();
  const chosen = () =>
    phone
      .getByRole('radio')
      .evaluateAll((all) => all.map((each) => each instanceof HTMLInputElement && each.checked));
  const before = { words: await words(), chosen: await chosen() };
  await phone.reload();
  await live(phone);
  await expect(phone.locator('h1')).toBeVisible();
  const after = async () => ({ words: await words(), chosen: await chosen() });
  await expect.poll(after, { message: where }).toEqual(before);
}

/** Stops the page as a sleeping phone does: no script runs, no ping is answered. @returns wakes it */
async function sleep(phone: Page): Promise<() => Promise<unknown>> {
  const line = await phone.context().newCDPSession(phone);
  const asleep = new Promise((resolve) => line.once('Debugger.paused', resolve));
  await line.send('Debugger.enable');
  await line.send('Debugger.pause');
  // It stops at the next script that runs, so one has to.
  const woken = phone.evaluate(() => undefined);
  await asleep;
  return async () => {
    await line.send('Debugger.resume');
    await woken;
  };
}

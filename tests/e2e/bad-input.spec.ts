/** Whatever somebody types, pastes or comes too late for: one clear sentence, and nothing is lost. */
import { expect, test } from '@playwright/test';
import { startApp, type AppOptions, type TestApp } from '../setup/app.ts';
import { command, connectPeople, goTo, pressNext } from '../setup/room.ts';
import {
  answerStatements,
  assessAndSend,
  CONSOLE,
  joinPhone,
  LEANINGS,
  live,
  open,
  PHONE,
  says,
} from './people.ts';
import { closeAndCount, openConsole, openWall, peopleAnswer, seatsOf, startRoom } from './room.ts';

/** A code of the right form that no room has: the chance that one does is 1 in 191 million. */
const NO_ROOM = 'K7M2QX';
const UNKNOWN = 'There is no room under this code. It may have ended.';

let app: TestApp;
const start = async (env: AppOptions['env'] = {}) => (app = await startApp({ env }));
test.afterEach(() => app.stop());

test('an unknown code and a malformed one, typed and in an address', async ({ browser }) => {
  const { url } = await start();
  const phone = await open(browser, PHONE, url);
  const field = phone.getByLabel('Room code');
  await field.fill('k7m-2q');
  await field.press('Enter');
  await says(phone, 'A room code has six letters and numbers');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('k7m-2q');
  await field.fill(' k7m-2qx ');
  await field.press('Enter');
  await phone.waitForURL(`${url}/join/${NO_ROOM}`);
  await says(phone, UNKNOWN);

  for (const address of [NO_ROOM, 'hello', '%F0%9F%9A%80', 'x'.repeat(300)]) {
    await phone.goto(`${url}/join/${address}`);
    await expect(phone.getByRole('alert')).toContainText(UNKNOWN);
    await phone.getByRole('link', { name: 'Type a room code' }).click();
    await expect(phone.getByLabel('Room code')).toBeVisible();
  }
});

test('S8 an address that leads nowhere: a page in our own words, a way home, nothing in the log', async ({
  browser,
}) => {
  const { url } = await start();
  const page = await open(browser, PHONE, `${url}/jion/${NO_ROOM}`);
  await expect(
    page.getByRole('heading', { name: 'There is nothing at this address' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'To the start page' }).click();
  await expect(page.getByRole('button', { name: 'Start the session' })).toBeVisible();
  expect(app.output()).not.toContain(NO_ROOM);
});

test('a session that ended while the phone was away: own answers stay; a stranger hears no more than “no room”', async ({
  browser,
}) => {
  const { url } = await start();
  const room = await startRoom(url, 0);
  const phone = await joinPhone(browser, room);
  const host = await openConsole(browser, room);
  const screen = await openWall(browser, room);
  await goTo(room.host, 'assessment', 'open');
  await assessAndSend(phone, LEANINGS.strongEm);
  const pages = [phone, host, screen];
  const addresses = pages.map((page) => page.url());
  await Promise.all(pages.map((page) => page.goto('about:blank')));
  await room.host.socket.timeout(5000).emitWithAck('end', { code: room.code });
  await Promise.all(pages.map((page, index) => page.goto(addresses[index] ?? url)));

  await says(phone, 'The server no longer knows this room.');
  await says(phone, 'Strongly EM');
  await phone.reload();
  await says(phone, 'Strongly EM');
  await says(phone, 'Version 1, counted');
  await says(host, 'The server no longer knows this room.');
  await says(screen, 'This session has ended');
  const stranger = await open(browser, PHONE, `${url}/join/${room.code}`);
  await says(stranger, UNKNOWN);
  room.close();
});

test('S2 a locked room and a full one say so, and let in who may come', async ({ browser }) => {
  const { url } = await start({ MAX_SEATS: '5' });
  const room = await startRoom(url, 3);
  const early = await open(browser, PHONE, `${url}/join/${room.code}`);
  const join = early.getByRole('button', { name: 'Join', exact: true });
  await expect(join).toBeVisible();
  await command(room.host, { do: 'lock', locked: true });
  await join.click();
  await says(early, 'The facilitator has locked this room');
  const late = await open(browser, PHONE, `${url}/join/${room.code}`);
  await says(late, 'The facilitator has locked this room');
  await command(room.host, { do: 'lock', locked: false });
  await join.click();
  await live(early);
  const fifth = await connectPeople(url, room.code, 1);

  await late.getByRole('button', { name: 'Join', exact: true }).click();
  await says(late, 'This room has no seat left. Ask the facilitator.');
  // Whoever has a seat keeps it, in a locked and full room too.
  await command(room.host, { do: 'lock', locked: true });
  await early.reload();
  await live(early);
  fifth.forEach((face) => face.close());
  room.close();
});

test('R4 an answer that comes after the close is kept on the phone, said so, and not counted', async ({
  browser,
}) => {
  const { url } = await start();
  const room = await startRoom(url, 11);
  const phone = await joinPhone(browser, room);
  await goTo(room.host, 'myth', 'open');
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  await phone.context().setOffline(true);
  await says(phone, 'Offline');
  await phone.getByRole('radio').nth(0).check();
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Offline. Kept on this phone');
  expect(await closeAndCount(room)).toEqual([4, 4, 3]);
  await phone.context().setOffline(false);
  await says(phone, 'This round has closed. Your answer stays on this phone.');
  await phone.getByText('Your answer', { exact: true }).click();
  await says(phone, 'Agree');

  // And an assessment that is finished too late: the own result is there all the same.
  await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await answerStatements(phone, LEANINGS.strongEm, 1, 6);
  await pressNext(room.host);
  await answerStatements(phone, LEANINGS.strongEm, 7);
  await phone.getByRole('button', { name: 'See my result' }).click();
  await says(phone, 'Nothing was sent.');
  await says(phone, 'Strongly EM');
  room.close();
});

test('S3 wrong, mixed-up and missing keys open nothing, and say what to do', async ({
  browser,
}) => {
  const { url } = await start();
  const room = await startRoom(url, 0);
  const at = `${url}/host/${room.code}`;
  const forged = `${room.keys.host.slice(0, -4)}AAAA`;
  for (const key of [forged, room.keys.screen]) {
    const page = await open(browser, CONSOLE, `${at}#${key}`);
    await says(page, 'This link does not open the console');
    await says(page, 'Copy the recovery link once more');
  }
  const bare = await open(browser, CONSOLE, at);
  await says(bare, `This device does not know the session ${room.code}`);
  await bare.goto(`${at}#half-a-key`);
  await says(bare, 'This link does not open the console');
  await bare.goto(`${url}/host/hello`);
  await says(bare, 'This device does not know the session hello');

  const wall = await open(browser, CONSOLE, `${url}/screen/${room.code}#${room.keys.host}`);
  await says(wall, 'This projector link does not open the room');
  room.close();
});

test('R2 a phone whose key is damaged gets its own seat back, with its answers', async ({
  browser,
}) => {
  const { url } = await start();
  const room = await startRoom(url, 0);
  const phone = await joinPhone(browser, room);
  await goTo(room.host, 'gut', 'ask');
  await phone.getByRole('radio').nth(1).check();
  await phone.evaluate((code) => {
    const key = `crossroads.seat.${code}`;
    const record = JSON.parse(localStorage.getItem(key) ?? '') as { credential: string };
    record.credential = `${record.credential.slice(0, -4)}AAAA`;
    localStorage.setItem(key, JSON.stringify(record));
  }, room.code);
  await phone.reload();
  await live(phone);
  await expect(phone.getByRole('radio').nth(1)).toBeChecked();
  expect(await seatsOf(room)).toBe(1);
  room.close();
});

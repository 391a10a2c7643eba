/** axe, sizes and colours on the way through a small phone, and where the gallery does not lead. */
import { test } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { command, goTo } from '../setup/room.ts';
import { accessible, fitsThumbs } from './accessible.ts';
import {
  answerStatements,
  CONSOLE,
  LEANINGS,
  live,
  open,
  PHONE,
  says,
  sendVote,
} from './people.ts';
import { openConsole, startRoom } from './room.ts';
import { readable, whole } from './sight.ts';
import { served } from './served.ts';

/** The smallest phone that WCAG asks for. */
const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

test('WCAG 2.2 AA on a phone of 320 px, from the contract to what it forgets', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const room = await startRoom(app.url, 0);
  const { host } = room;
  const phone = await open(browser, SMALL, `${app.url}/join/K7M2QX`);
  const holds = async (where: string) => {
    await accessible(phone, where);
    await fitsThumbs(phone, where);
    await whole(phone, where, false);
    await phone.emulateMedia({ forcedColors: 'active' });
    await readable(phone, where);
    await phone.emulateMedia({ forcedColors: 'none' });
  };
  const tap = (name: string) => phone.getByRole('button', { name, exact: true }).click();

  await says(phone, 'No such room');
  await holds('unknown room');
  await phone.goto(`${app.url}/join`);
  await phone.getByRole('button', { name: 'Join' }).click();
  await holds('a code is missing');
  await phone.goto(`${app.url}/join/${room.code}`);
  await phone.getByText('More about this').click();
  await holds('contract');
  await tap('Join');
  await live(phone);
  await goTo(host, 'gut', 'ask');
  await phone.getByRole('radio').nth(1).check();
  await holds('first feeling');

  await goTo(host, 'myth', 'open');
  await says(phone, 'If you send');
  await sendVote(phone, 1);
  await phone.getByText('Your answer', { exact: true }).click();
  await holds('vote counted');
  await tap('Hide');
  await says(phone, 'Your answers are covered.');
  await holds('vote covered');
  await tap('Show');
  await goTo(host, 'myth', 'closed');

  await goTo(host, 'assessment', 'open');
  await says(phone, '1 of 12');
  await tap('Next');
  await says(phone, 'Choose one of the five first.');
  await holds('statement');
  await answerStatements(phone, LEANINGS.leaningStaff);
  await tap('See what would leave');
  await tap('Send');
  await says(phone, 'Your own result');
  await holds('own result');
  await tap('Mine');
  await phone.getByText('Version 1, counted', { exact: true }).last().click();
  await holds('mine');
  await tap('Forget what is on this phone');
  await holds('forget?');
  await tap('Not now');

  await phone.goto(`${app.url}/nowhere`);
  await says(phone, 'There is nothing at this address');
  await holds('no such address');
  room.close();
});

test('WCAG 2.2 AA of the start page, and of the console as a remote in a locked room', async ({
  browser,
}) => {
  const start = await open(browser, CONSOLE, app.url);
  await start.getByRole('button', { name: 'Start the session' }).waitFor();
  await accessible(start, 'start page');
  const room = await startRoom(app.url, 6);
  const page = await openConsole(browser, room);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Show the recovery link' }).click();
  await accessible(page, 'recovery link');
  await page.keyboard.press('Escape');
  await goTo(room.host, 'myth', 'open');
  await command(room.host, { do: 'timer', seconds: 60 });
  await command(room.host, { do: 'lock', locked: true });
  await says(page, 'Room locked');
  await page.setViewportSize({ width: 320, height: 640 });
  await accessible(page, 'vote open, timer, locked, as a remote');
  room.close();
});

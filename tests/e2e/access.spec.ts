/** axe, sizes and colours on every face, in every state that is not the same as another. */
import { expect, test } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { command, goTo, pressNext, type Face } from '../setup/room.ts';
import type { Choice } from '#core/round.ts';
import type { HostView } from '#protocol/views.ts';
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
  WALL,
} from './people.ts';
import { openConsole, openWall, peopleAnswer, spreadLeans, startRoom } from './room.ts';

/** The smallest phone that WCAG asks for. */
const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('WCAG 2.2 AA on a phone of 320 px, from the contract to the end', async ({ browser }) => {
  test.setTimeout(180_000);
  const room = await startRoom(app.url, 11);
  const { host } = room;
  const phone = await open(browser, SMALL, `${app.url}/join/K7M2QX`);
  const holds = async (where: string) => {
    await accessible(phone, where);
    await fitsThumbs(phone, where);
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
  await holds('lobby');
  await goTo(host, 'gut', 'ask');
  await phone.getByRole('radio').nth(1).check();
  await holds('first feeling');

  await goTo(host, 'myth', 'open');
  await says(phone, 'If you send');
  await holds('vote');
  await sendVote(phone, 1);
  await phone.getByText('Your answer', { exact: true }).click();
  await holds('vote counted');
  await tap('Hide');
  await says(phone, 'Your answers are covered.');
  await holds('vote covered');
  await tap('Show');
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  await goTo(host, 'myth', 'truth');
  await says(phone, '12 answered');
  await holds('myth, result and truth');

  await goTo(host, 'assessment', 'open');
  await says(phone, '1 of 12');
  await tap('Next');
  await says(phone, 'Choose one of the five first.');
  await holds('statement');
  await answerStatements(phone, LEANINGS.leaningStaff);
  await says(phone, 'Tap one to change it.');
  await holds('review');
  await tap('See what would leave');
  await holds('offer');
  await tap('Send');
  await says(phone, 'Your own result');
  await holds('own result');
  await peopleAnswer(room, spreadLeans);
  await goTo(host, 'distribution', 'statements');
  await expect(phone.getByRole('figure', { name: 'Statements that split the room' })).toBeVisible();
  await holds('statements that split the room');
  await tap('Mine');
  await phone.getByText('Version 1, counted', { exact: true }).last().click();
  await holds('mine');
  await tap('Forget what is on this phone');
  await holds('forget?');
  await tap('Not now');

  for (const kind of [
    'points',
    'compare',
    'story',
    'tradeoff',
    'discussion',
    'movement',
    'closing',
  ]) {
    const { slide } = await toEndOf(host, kind);
    await says(phone, slide.title);
    await holds(kind);
  }
  await host.socket.timeout(5000).emitWithAck('end', { code: room.code });
  await says(phone, 'This session has ended');
  await holds('ended');
  await phone.goto(`${app.url}/nowhere`);
  await says(phone, 'There is nothing at this address');
  await holds('no such address');
  room.close();
});

const ROOMS: { name: string; people: number; choose: (index: number) => Choice; says: RegExp }[] = [
  { name: 'withheld', people: 4, choose: spreadLeans, says: /Nothing is shown/ },
  { name: 'veiled', people: 6, choose: () => spreadLeans(0), says: /4 or more of 6/ },
  { name: 'spread', people: 12, choose: spreadLeans, says: /12 answered/ },
];
test('WCAG 2.2 AA of the distribution, withheld, veiled and spread, on every face', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  for (const { name, people, choose, says: sentence } of ROOMS) {
    const room = await startRoom(app.url, people);
    await goTo(room.host, 'assessment', 'open');
    await peopleAnswer(room, choose);
    await goTo(room.host, 'assessment', 'closed');
    const host = await openConsole(browser, room);
    await says(host, 'Only you see this so far');
    await accessible(host, `${name}, first look`);
    await pressNext(room.host);
    const phone = await open(browser, SMALL, `${app.url}/join/${room.code}`);
    await phone.getByRole('button', { name: 'Join', exact: true }).click();
    const wall = await openWall(browser, room);
    for (const page of [phone, wall]) {
      await expect(page.getByText(sentence).first()).toBeAttached();
      await accessible(page, `${name}, ${page === wall ? 'wall' : 'phone'}`);
    }
    await fitsThumbs(phone, name);
    await Promise.all([host, phone, wall].map((page) => page.context().close()));
    room.close();
  }
});

test('WCAG 2.2 AA of start page, console and projector', async ({ browser }) => {
  test.setTimeout(120_000);
  const start = await open(browser, CONSOLE, app.url);
  await start.getByRole('button', { name: 'Start the session' }).waitFor();
  await accessible(start, 'start page');
  const room = await startRoom(app.url, 6);
  const page = await openConsole(browser, room);
  const holds = (where: string) => accessible(page, where);
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const escape = () => page.keyboard.press('Escape');

  await holds('lobby');
  await page.getByRole('button', { name: 'Share' }).click();
  await tap('Show the recovery link');
  await holds('share');
  await escape();
  await tap('Shortcuts');
  await holds('shortcuts');
  await escape();
  await page.keyboard.press('k');
  await holds('code overlay');
  await escape();
  await tap('End and delete');
  await holds('end?');
  await escape();
  await goTo(room.host, 'myth', 'open');
  await command(room.host, { do: 'timer', seconds: 60 });
  await command(room.host, { do: 'lock', locked: true });
  await says(page, 'Room locked');
  await holds('vote open, timer, locked');
  await page.setViewportSize({ width: 320, height: 640 });
  await holds('vote open, as a remote');
  await page.setViewportSize(CONSOLE.viewport ?? { width: 1440, height: 900 });
  await tap('Close and count');
  await says(page, 'Close the vote now?');
  await holds('close guard');

  const wall = await openWall(browser, room);
  await says(wall, room.host.view().slide.title);
  await accessible(wall, 'wall, vote open');
  await goTo(room.host, 'myth', 'closed');
  await says(page, 'Only you see this so far');
  await holds('first look');
  const lobby = await startRoom(app.url, 0);
  await wall.goto(`${app.url}/screen/${lobby.code}#${lobby.keys.screen}`);
  await says(wall, lobby.code.slice(0, 3));
  await accessible(wall, 'wall, lobby');
  await lobby.host.socket.timeout(5000).emitWithAck('end', { code: lobby.code });
  await says(wall, 'This session has ended');
  await accessible(wall, 'wall, ended');
  await room.host.socket.timeout(5000).emitWithAck('end', { code: room.code });
  await says(page, 'This session has ended');
  await holds('ended');
  const bare = await open(browser, WALL, `${app.url}/host/${room.code}`);
  await says(bare, 'This device does not know the session');
  await accessible(bare, 'no key');
  room.close();
  lobby.close();
});

/** To the first step of this kind and through all its stages, without answers. */
async function toEndOf(host: Face<HostView>, kind: string): Promise<HostView> {
  const landing = host.view().agenda.find((entry) => entry.kind === kind)?.landing;
  if (!landing) throw new Error(`no way to ${kind}`);
  await goTo(host, kind, landing.stage);
  while (host.view().next?.step === host.view().cursor.step) await pressNext(host);
  return host.view();
}

/** Thumbs that do what thumbs do in the middle of the assessment. */
import { expect, test } from '@playwright/test';
import { goTo, pressNext } from '../setup/room.ts';
import {
  answerStatements,
  assess,
  joinPhone,
  LEANINGS,
  live,
  open,
  PHONE,
  says,
} from './people.ts';
import { seatsOf, startRoom } from './room.ts';
import { served } from './served.ts';

test('the browser’s back button turns one page of the assessment back', async ({ browser }) => {
  const app = await served();
  const room = await startRoom(app.url, 0);
  await goTo(room.host, 'assessment', 'open');
  const phone = await joinPhone(browser, { url: app.url, code: room.code });
  await answerStatements(phone, LEANINGS.leaningEm, 1, 3);
  await says(phone, '4 of 12');
  await phone.goBack();
  await says(phone, '3 of 12');
  await expect(phone.locator('legend').locator('[tabindex]')).toBeFocused();
  await phone.goForward();
  await says(phone, '4 of 12');
  await phone.reload();
  await says(phone, '4 of 12');
  await phone.goBack();
  await says(phone, '3 of 12');
  // The page's own button goes the same way, so that both can be mixed.
  await phone.getByRole('button', { name: 'Back', exact: true }).click();
  await says(phone, '2 of 12');
  await answerStatements(phone, LEANINGS.leaningEm, 2);
  await phone.getByRole('button', { name: 'See what would leave' }).click();
  await phone.goBack();
  await says(phone, 'Tap one to change it.');
  await phone.goForward();
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted.');
  // What was decided stays decided, and the room stays open.
  await phone.goBack();
  await says(phone, 'Counted.');
  await live(phone);
  room.close();
});

test('R2 a nervous thumb: two taps on Join are one seat, two on Send one ballot, sent once', async ({
  browser,
}) => {
  const app = await served();
  const room = await startRoom(app.url, 0);
  await goTo(room.host, 'myth', 'open');
  const phone = await open(browser, PHONE, `${app.url}/join/${room.code}`);
  const sent: string[] = [];
  const heard: string[] = [];
  phone.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('["ballot"')) sent.push(String(payload));
    });
    socket.on('framereceived', ({ payload }) => {
      if (/^43\d+\[/.test(String(payload))) heard.push(String(payload).replace(/^43\d+/, ''));
    });
  });
  const twice = (name: string) => phone.getByRole('button', { name, exact: true }).dblclick();
  await twice('Join');
  await live(phone);
  await expect(phone.getByRole('radio', { checked: true })).toHaveCount(0);
  expect(await seatsOf(room)).toBe(1);

  await phone.getByRole('radio').nth(1).check();
  await twice('Send');
  await says(phone, 'Counted.');
  await expect(phone.getByRole('button', { name: 'Change my answer' })).toBeVisible();
  await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await assess(phone, LEANINGS.leaningEm);
  await twice('Send');
  await says(phone, 'Counted.');
  await says(phone, 'What it may mean');
  await expect(phone.locator('.waiting')).toBeInViewport();

  expect(sent).toHaveLength(2);
  for (const ballot of sent) expect(ballot).toContain('"version":1');
  expect(heard.filter((ack) => ack === '[{"ok":true,"version":1}]')).toHaveLength(2);
  expect(heard.filter((ack) => ack.includes('"ok":false'))).toEqual([]);
  room.close();
});

/** Thumbs that do what thumbs do in the middle of the assessment. */
import { expect, test } from '@playwright/test';
import { startApp } from '../setup/app.ts';
import { goTo } from '../setup/room.ts';
import { answerStatements, joinPhone, LEANINGS, live, says } from './people.ts';
import { startRoom } from './room.ts';

test('the browser’s back button turns one page of the assessment back', async ({ browser }) => {
  const app = await startApp();
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
  await app.stop();
});

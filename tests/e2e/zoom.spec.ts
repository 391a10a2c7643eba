/** A phone whose owner enlarges everything. */
import { test } from '@playwright/test';
import { goTo, pressNext } from '../setup/room.ts';
import { zooms } from './accessible.ts';
import { answerStatements, LEANINGS, live, open, PHONE, says } from './people.ts';
import { peopleAnswer, spreadLeans, startRoom } from './room.ts';
import { served } from './served.ts';

const SMALL = { ...PHONE, viewport: { width: 320, height: 568 } };

test('WCAG 1.4.4 1.4.10 a phone at 400 % zoom and with large text, from the contract to the plan, and on one’s own', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const app = await served();
  const room = await startRoom(app.url, 11);
  const phone = await open(browser, SMALL, `${app.url}/join/${room.code}`);
  const button = (name: string) => phone.getByRole('button', { name, exact: true });
  const holds = (where: string, action: string) => zooms(phone, where, button(action));

  await holds('contract', 'Join');
  await button('Join').click();
  await live(phone);
  await goTo(room.host, 'myth', 'open');
  await phone.getByRole('radio').nth(1).check();
  await holds('vote', 'Keep it on my phone');
  await button('Keep it on my phone').click();
  await holds('vote, kept', 'Change my answer');
  await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await holds('statement', 'Next');
  await answerStatements(phone, LEANINGS.balanced);
  await holds('review', 'See what would leave');
  await button('See what would leave').click();
  await holds('offer', 'Keep it on my phone');
  await button('Keep it on my phone').click();
  await holds('own result', 'Make a plan');
  await button('Make a plan').click();
  for (const step of ['trial', 'commitment', 'dates']) {
    await holds(`plan: ${step}`, 'Next');
    await button('Next').click();
  }
  await holds('plan: audit', 'Done');
  await peopleAnswer(room, spreadLeans);
  await goTo(room.host, 'distribution', 'shown');
  await says(phone, /11 answered/);
  await holds('result', 'Mine');
  room.close();
  await phone.goto(`${app.url}/solo`);
  await holds('solo', 'Begin');
  await button('Begin').click();
  await holds('solo: statement', 'Next');
});

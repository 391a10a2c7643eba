/** The README's pictures: the three faces in one real session, at its most telling moments. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startEngine } from '../setup/engines.ts';
import { connectPeople, vote } from '../setup/room.ts';
import {
  assess,
  closeRound,
  joinPhone,
  jumpTo,
  LEANINGS,
  openScreen,
  press,
  says,
  startSession,
} from './people.ts';
import { stepOf } from './workshop.ts';

/** `npm run pictures` writes into the repository; the test alone only shows that they can be taken. */
const folder = fileURLToPath(
  new URL(process.env.PICTURES ? '../pictures/' : '../../test-results/pictures/', import.meta.url),
);
const LEANS = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4];
const MARKS = [2, 2, 1, 2, 0, 2, 2, 0, 2, 1, 0, 2];

test('pictures of a console, a wall and a phone in one session', async ({ browser }) => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  // An address of documentation, so that no machine's own is in the pictures.
  const engine = await startEngine('embedded engine', { ORIGIN: 'http://crossroads.example' });
  const host = await startSession(browser, engine.app.url);
  const screen = await openScreen(browser, host);
  const others = await connectPeople(engine.app.url, host.code, LEANS.length);
  const phone = await joinPhone(browser, host);
  const assessment = await stepOf('assessment');
  await says(screen, '12 here now', 15_000);
  await screen.screenshot({ path: `${folder}screen-lobby.png` });

  await jumpTo(host, assessment.title);
  await press(host, 'Open for answers');
  await says(phone, `1 of ${assessment.statements.length}`);
  await says(phone, '12 here now', 15_000);
  await phone.getByRole('radio').nth(3).check();
  await phone.screenshot({ path: `${folder}phone.png` });
  await Promise.all(
    others.map(async (face, index) => {
      await face.until(({ round }) => round?.status === 'open');
      const marks = MARKS.map((mark, at) => ((at + index) % 3 === 0 ? 2 - mark : mark));
      await vote(face, { lean: LEANS[index] ?? 2, marks });
    }),
  );
  await assess(phone, LEANINGS.leaningStaff);
  await phone.screenshot({ path: `${folder}phone-ballot.png` });
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted');
  await closeRound(host);
  await press(host, 'Show the result');
  await says(screen, /12 answered/);
  // The dots have gathered, and the question beneath them has come.
  await host.page.mouse.move(0, 0);
  await screen.waitForTimeout(3400);
  await screen.screenshot({ path: `${folder}screen.png` });
  await host.page.screenshot({ path: `${folder}console.png` });
  const five = screen.getByRole('table').first().getByRole('row');
  await expect(five.filter({ hasText: /\d/ })).toHaveCount(5);
  await phone.getByRole('button', { name: 'Mine' }).click();
  await says(phone, 'Leaning Staff');
  await phone.screenshot({ path: `${folder}phone-result.png` });
  others.forEach((face) => face.close());
  await engine.stop();
});

/** The main job: a whole session, from the start page to the summary in everybody's hands. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { readPdf } from '../lib/export/reader.ts';
import { ENGINES, startEngine } from '../setup/engines.ts';
import {
  assess,
  assessAndSend,
  closeRound,
  joinPhone,
  joinPhones,
  jumpTo,
  LEANINGS,
  openScreen,
  press,
  says,
  sendVote,
  startSession,
} from './people.ts';
import { stepOf } from './workshop.ts';

for (const name of ENGINES)
  test(`a whole session with a host, a screen and eight phones on the ${name}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const engine = await startEngine(name);
    const { url } = engine.app;
    const host = await startSession(browser, url);
    const screen = await openScreen(browser, host);
    await says(screen, host.code.slice(0, 3));
    const phones = await joinPhones(browser, host, 8);
    const [first, second] = phones;
    if (!first || !second) throw new Error('nobody came');
    await says(host.page, '8 here now', 15_000);

    const myth = await stepOf('myth');
    await test.step('a myth: vote, counts, result, truth', async () => {
      await jumpTo(host, myth.title);
      await says(screen, myth.claim);
      await press(host, 'Open the vote');
      await Promise.all(phones.map((phone, index) => sendVote(phone, index % 3)));
      await says(host.page, '8 of 8 answered', 15_000);
      await closeRound(host);
      await expect(screen.getByText(myth.truth)).toBeHidden();
      await press(host, 'Show the result');
      await says(first, '8 answered');
      await press(host, 'Show what is true');
      await says(screen, myth.truth);
      await says(first, myth.truth);
    });

    const assessment = await stepOf('assessment');
    await test.step('the private assessment: send, keep, change, leave and come back', async () => {
      await jumpTo(host, assessment.title);
      await press(host, 'Open for answers');
      const { strongStaff, leaningStaff, balanced, leaningEm, strongEm } = LEANINGS;
      const people = [strongStaff, leaningStaff, balanced, balanced, leaningEm, strongEm, strongEm];
      await Promise.all(
        phones.slice(0, 7).map((phone, index) => assessAndSend(phone, people[index] ?? balanced)),
      );
      const keeper = phones[7];
      if (!keeper) throw new Error('the eighth left');
      await assess(keeper, strongStaff);
      await keeper.getByRole('button', { name: 'Keep it on my phone' }).click();
      await says(keeper, 'Kept on this phone.');
      await expect(keeper.getByRole('heading', { name: 'Your own result' })).toBeVisible();
      // R3: a reload brings back seat, step, answers and what stands.
      await second.reload();
      await says(second, 'Counted.');
      await expect(second.getByRole('heading', { name: 'Your own result' })).toBeVisible();
      await closeRound(host);
      await says(first, 'The round has closed.');
    });

    await test.step('the distribution: seven ballots, three bands, on every face', async () => {
      await press(host, 'Show the result');
      const sentence = /7 answered/;
      await says(screen, sentence);
      await says(first, sentence);
      await says(host.page, sentence);
    });

    const tradeoff = await stepOf('tradeoff');
    await test.step('a trade-off on a spectrum, and the tip against regret', async () => {
      await jumpTo(host, tradeoff.title);
      await press(host, 'Open the vote');
      await Promise.all(phones.map((phone, index) => sendVote(phone, index % 5)));
      await closeRound(host);
      await press(host, 'Show the result');
      await says(screen, '8 answered');
      await press(host, 'Show the tip');
      await says(screen, tradeoff.regret.text);
    });

    await test.step('late joining is welcome, and the end is told to everyone', async () => {
      const late = await joinPhone(browser, host);
      await says(late, tradeoff.title);
      await host.page.getByRole('button', { name: 'End and delete' }).click();
      await host.page.getByRole('button', { name: 'Delete everything now' }).click();
      await says(host.page, 'This session has ended');
      await says(screen, 'This session has ended');
      await says(first, 'This session has ended');
    });

    await test.step('the summary as PDF, Markdown and JSON, after the session and the server are gone', async () => {
      await engine.app.kill('SIGKILL');
      const save = async (label: string) => {
        const [download] = await Promise.all([
          first.waitForEvent('download'),
          first.getByRole('button', { name: label, exact: true }).click(),
        ]);
        return download.path();
      };
      await first.getByLabel(/Your name/).fill('Ada Example');
      const { text } = await readPdf(new Uint8Array(await readFile(await save('PDF'))));
      expect(text).toContain('Ada Example');
      expect(text).toContain('30 of 30');
      expect(text).toContain('12 of 30');
      for (const { text: statement } of assessment.statements) expect(text).toContain(statement);
      await save('Markdown');
      await save('JSON');
    });
    await engine.stop();
  });

/** The privacy page: it says the risks, whoever comes from wherever, on whatever they hold. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { createSession, goTo, pressNext } from '../setup/room.ts';
import { complaints } from './axe.ts';
import { CONSOLE, joinPhone, live, open, PHONE, says, sendVote } from './people.ts';
import { peopleAnswer, startRoom } from './room.ts';

/** Everything under “Say plainly” of the disclosure policy, by words that cannot be softened away. */
const RISKS = [
  /Whoever runs the server could read ballots in its memory/,
  /4 made-up phones could get around the minimum of 5\. Count heads/,
  /copied data folder, or a second session with the same people, is beyond/,
  /Each result is protected on its own/,
  /cannot take back what people say aloud, or already know/,
  /published chart may show that nobody chose an answer, or that one person did/,
  /a guess about you is often right, though never certain/,
];
/** The table of holders: who, and what they never see. */
const HOLDERS: [string, RegExp][] = [
  ['The facilitator and the big screen', /No list of people, no names/],
  ['You, and everyone else who joined', /The same counts and the same results/],
  ['The server’s memory', /when the round is counted/],
  ['The server’s storage', /No names, no addresses, no times of arrival/],
  ['The server’s log', /No content, and nobody/],
];

let app: TestApp;
test.afterEach(() => app.stop());

test('says every risk and every holder; readable at 320 px, light and dark', async ({
  browser,
}) => {
  app = await startApp();
  for (const { face, colorScheme } of [
    { face: { ...PHONE, viewport: { width: 320, height: 640 } }, colorScheme: 'dark' },
    { face: PHONE, colorScheme: 'light' },
    { face: CONSOLE, colorScheme: 'dark' },
    { face: CONSOLE, colorScheme: 'light' },
  ] as const) {
    const page = await open(browser, { ...face, colorScheme }, `${app.url}/privacy`);
    const limits = page.getByRole('region', { name: 'What it cannot promise' });
    // A browser knows its own machine to be no network.
    await expect(page.getByText('http, not https')).toBeHidden();
    for (const risk of RISKS) await expect(limits.getByText(risk)).toBeVisible();
    for (const [who, sees] of HOLDERS)
      await expect(page.getByText(who, { exact: true }).locator('..')).toContainText(sees);
    await expect(page.getByText('“5 or more of 8” does not.')).toBeVisible();
    // Not the window's own width: a phone widens it to what does not fit.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(face.viewport?.width);
    expect(await complaints(page)).toEqual([]);
    await page.context().close();
  }
});

test('a laptop’s server recommends a neutral host; a named operator is named', async ({
  browser,
}) => {
  app = await startApp();
  const own = await open(browser, PHONE, `${app.url}/privacy`);
  await says(own, /if that is your manager, a neutral host is better/);
  await says(own, 'This server runs on the facilitator’s own machine.');
  await app.stop();
  app = await startApp({ env: { OPERATOR_NAME: 'the works council' } });
  const other = await open(browser, PHONE, `${app.url}/privacy`);
  await says(other, 'This server is run by the works council.');
  await expect(other.getByText(/neutral host/)).toBeHidden();
});

test('the start page, its form and the phone’s contract lead there, and back', async ({
  browser,
}) => {
  app = await startApp();
  const link = (page: Page | Locator) =>
    page.getByRole('link', { name: 'Privacy: who can see what' });
  const heading = (page: Page) => page.getByRole('heading', { name: 'Privacy, in plain words' });
  const start = await open(browser, CONSOLE, app.url);
  await expect(link(start)).toHaveCount(2);
  for (const at of ['form', 'footer']) {
    await link(start.locator(at)).click();
    await expect(heading(start)).toBeVisible();
    await start.getByRole('button', { name: 'Back' }).click();
    await expect(start.getByRole('button', { name: 'Start the session' })).toBeVisible();
  }
  const { code } = await createSession(app.url);
  const phone = await open(browser, PHONE, `${app.url}/join/${code}`);
  await phone.getByText('More about this, and its limits').click();
  for (const risk of RISKS) await says(phone, risk);
  expect(await complaints(phone)).toEqual([]);
  await link(phone).click();
  await expect(heading(phone)).toBeVisible();
  await phone.getByRole('button', { name: 'Back' }).click();
  await expect(phone.getByRole('button', { name: 'Join', exact: true })).toBeVisible();

  const direct = await open(browser, PHONE, `${app.url}/privacy`);
  await expect(direct.getByRole('link', { name: 'To the start page' })).toBeVisible();
});

/** What goes out over a phone's line from its next connection on: commands alone, the newest last. */
function commandsOf(phone: Page): [string, Record<string, unknown>][] {
  const commands: [string, Record<string, unknown>][] = [];
  phone.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      // Beside commands: the credential, and a sign of life.
      const [, json] = /^42\d+(\[.*)$/.exec(String(payload)) ?? [];
      if (json) commands.push(JSON.parse(json) as [string, Record<string, unknown>]);
      else expect(String(payload)).toMatch(/^(40\{"protocol"|3$)/);
    }),
  );
  return commands;
}

/** Where everything stands on the page, as somebody sees it from across the table. */
function layout(phone: Page): Promise<unknown> {
  return phone.locator('.room *').evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility())
      .map((each) => {
        const { x, y, height } = each.getBoundingClientRect();
        return [each.tagName, Math.round(x), Math.round(y), Math.round(height)].join(' ');
      }),
  );
}

test('DISC-7 DISC-8 DISC-12 nothing leaves a phone but what was sent on purpose; DISC-13 sent and kept look alike', async ({
  browser,
}) => {
  app = await startApp();
  const room = await startRoom(app.url, 4);
  const phones = await Promise.all([joinPhone(browser, room), joinPhone(browser, room)]);
  const [sender, keeper] = phones;
  const commands = phones.map(commandsOf);
  for (const phone of phones) {
    await phone.reload();
    await live(phone);
  }
  const keep = () => keeper.getByRole('button', { name: 'Keep it on my phone' }).click();

  await goTo(room.host, 'gut', 'ask');
  for (const phone of phones) await phone.getByRole('radio').nth(1).check();
  await goTo(room.host, 'myth', 'open');
  await sendVote(sender, 2);
  await keeper.getByRole('radio').nth(0).check();
  await keep();
  await says(keeper, 'Kept on this phone.');
  await expect.poll(() => layout(keeper)).toEqual(await layout(sender));
  for (const phone of phones) await phone.getByRole('button', { name: 'Hide' }).click();
  const words = (phone: Page) => phone.locator('main').innerText();
  await expect.poll(() => words(keeper)).toBe(await words(sender));
  for (const phone of phones) await phone.getByRole('button', { name: 'Show' }).click();
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  await pressNext(room.host);

  await goTo(room.host, 'movement', 'open');
  for (const phone of phones) await says(phone, /Early on you said: Rather Staff/);
  await sender.getByRole('radio').nth(4).check();
  await says(sender, 'If you send, this leaves your phone and nothing else: “Toward EM”.');
  await sender.getByRole('button', { name: 'Send', exact: true }).click();
  await says(sender, 'Counted.');
  await keeper.getByRole('radio').nth(0).check();
  await keep();
  await says(keeper, 'Kept on this phone.');
  await peopleAnswer(room, (index) => ({ cell: index % 3 }));
  await goTo(room.host, 'movement', 'shown');
  for (const phone of phones) await says(phone, '5 answered');

  const [sent, kept] = commands.map((all) => all.filter(([name]) => name !== 'sync'));
  const nonce: unknown = expect.stringMatching(/^[\w-]{22}$/);
  const ballot = { version: 1, nonce };
  expect(sent).toEqual([
    ['ballot', { ...ballot, question: 'myth-depth', choice: { cell: 2 } }],
    ['ballot', { ...ballot, question: 'movement', choice: { cell: 2 } }],
  ]);
  expect(kept).toEqual([]);
  for (const [name, ...payload] of commands.flat())
    if (name === 'sync') expect(payload).toEqual([]);
  await sender.getByRole('button', { name: 'Mine' }).click();
  await says(sender, 'Version 1, counted: Toward EM');
  await says(sender, 'Version 1, counted: Disagree');
  await keeper.getByRole('button', { name: 'Mine' }).click();
  await says(keeper, 'Nothing so far.');
  room.close();
});

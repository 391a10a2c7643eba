/** A host, a screen and phones, each in a browser context of its own, as in a meeting room. */
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { stepOf } from './workshop.ts';

export const CONSOLE: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const WALL: BrowserContextOptions = { viewport: { width: 1920, height: 1080 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** Opens a page of its own context; its errors and policy violations end the test. */
export async function open(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
): Promise<Page> {
  const context = await browser.newContext({ ...options, acceptDownloads: true });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) throw new Error(message.text());
  });
  await page.goto(url);
  return page;
}

/** From the start page to a console in the lobby. */
export async function startSession(browser: Browser, url: string): Promise<Host> {
  const page = await open(browser, CONSOLE, url);
  await page.getByRole('button', { name: 'Start the session' }).click();
  await page.waitForURL(/\/host\/[2-9A-Z]{6}$/);
  const code = page.url().slice(-6);
  await live(page);
  return { page, code, url };
}

/** Waits until a face says that it is connected. */
export async function live(page: Page): Promise<void> {
  await expect(page.getByText('Live', { exact: true }).filter({ visible: true })).not.toHaveCount(
    0,
  );
}

/** Waits until somebody who looks at a face can read this. */
export async function says(page: Page, text: string | RegExp, ms = 20_000): Promise<void> {
  const seen = page.getByText(text).filter({ visible: true });
  await expect(seen.first()).toBeVisible({ timeout: ms });
}

export interface Host {
  page: Page;
  code: string;
  url: string;
}

/** The projector, opened by the link of the share panel. */
export async function openScreen(browser: Browser, { page, url }: Host): Promise<Page> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = page.getByRole('link', { name: 'Open in a new window' });
  const href = await link.getAttribute('href');
  if (!href) throw new Error('no projector link');
  await page.keyboard.press('Escape');
  return open(browser, WALL, new URL(href, url).href);
}

/** A phone that reads the contract and joins. */
export async function joinPhone(
  browser: Browser,
  { url, code }: Pick<Host, 'url' | 'code'>,
  options: BrowserContextOptions = PHONE,
): Promise<Page> {
  const page = await open(browser, options, `${url}/join/${code}`);
  await says(page, 'Your answers stay on this phone.');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await live(page);
  return page;
}

export function joinPhones(browser: Browser, host: Host, count: number): Promise<Page[]> {
  return Promise.all(Array.from({ length: count }, () => joinPhone(browser, host)));
}

/** Jumps to a step by the agenda; from there one press at a time. */
export async function jumpTo({ page }: Host, title: string): Promise<void> {
  await page.getByRole('button', { name: title }).first().click();
  await expect(page.getByRole('heading', { name: title }).first()).toBeVisible();
}

/** Presses the primary action by its words. */
export async function press({ page }: Host, action: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: action }).click();
}

/** Closes the round, and again when the console asks whether it should. */
export async function closeRound(host: Host): Promise<void> {
  await press(host, 'Close and count');
  const anyway = host.page.getByRole('button', { name: 'Close anyway' });
  const next = host.page.getByRole('button', { name: 'Show the result' });
  await expect(anyway.or(next).first()).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(next).toBeVisible();
}

/** Another tab of the same phone: same storage, same seat. */
export async function secondTab(phone: Page): Promise<Page> {
  const tab = await phone.context().newPage();
  await tab.goto(phone.url());
  await live(tab);
  return tab;
}

/** Changes one's mind: another option of the open vote, sent again. */
export async function changeVote(phone: Page, option: number): Promise<void> {
  await phone.getByRole('button', { name: 'Change my answer' }).click();
  await phone.getByRole('radio').nth(option).check();
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Chooses an option of the vote that is open on a phone, and sends it. */
export async function sendVote(phone: Page, option: number): Promise<void> {
  await phone.getByRole('radio').nth(option).check();
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted');
}

/** What somebody answers, by the pole a statement scores for: 1 to 5. */
type Leaning = (pole: string) => number;

/** Five people, from strongly Staff to strongly EM; sums 6 × the answers. */
export const LEANINGS = {
  strongStaff: (pole) => (pole === 'staff' ? 5 : 2),
  leaningStaff: (pole) => (pole === 'staff' ? 4 : 3),
  balanced: () => 4,
  leaningEm: (pole) => (pole === 'em' ? 4 : 3),
  strongEm: (pole) => (pole === 'em' ? 5 : 2),
} satisfies Record<string, Leaning>;

/** Answers the statements from the one that the phone shows, `first` (from 1), to `last`; by default all that are left. */
export async function answerStatements(
  phone: Page,
  leaning: Leaning,
  first = 1,
  last?: number,
): Promise<void> {
  const { statements } = await stepOf('assessment');
  for (let at = first; at <= (last ?? statements.length); at++) {
    await says(phone, `${at} of ${statements.length}`);
    const text = await phone.locator('legend').innerText();
    const statement = statements.find((each) => each.text === text.trim());
    if (!statement) throw new Error(`no such statement: ${text}`);
    await phone
      .getByRole('radio')
      .nth(leaning(statement.pole) - 1)
      .check();
    await phone.locator('form button[type=submit]').click();
  }
}

/** Answers what is left and reviews it; leaves the phone at “this is all that leaves your phone”. */
export async function assess(phone: Page, leaning: Leaning, first = 1): Promise<void> {
  await answerStatements(phone, leaning, first);
  await phone.getByRole('button', { name: 'See what would leave' }).click();
  await says(phone, 'This is all that leaves your phone');
}

export async function assessAndSend(phone: Page, leaning: Leaning, first = 1): Promise<void> {
  await assess(phone, leaning, first);
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Counted');
}

/** Opens a face of a seeded session and takes its picture. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { FaceName, Mode } from './modes.ts';
import type { Seeded } from './seed.ts';

/** Faces that do not come up in this time are a fault, not a slow machine. */
const UP_MS = 20_000;

/** One browser context per mode: still pictures (reduced motion), in the mode's size and colours. */
export function contextOf(browser: Browser, { options }: Mode): Promise<BrowserContext> {
  // The text size is set from outside, which the pages' own policy would not let in.
  return browser.newContext({ ...options, reducedMotion: 'reduce', bypassCSP: true });
}

const ADDRESS: Record<FaceName, (session: Seeded) => string> = {
  wall: ({ url, code, keys }) => `${url}/screen/${code}#${keys.screen}`,
  console: ({ url, code, keys }) => `${url}/host/${code}#${keys.host}`,
  phone: ({ url, code }) => `${url}/join/${code}`,
};

/** Of each face, what is there once it follows the room. */
const UP: Record<FaceName, string> = {
  wall: '.wall .frame',
  console: '.console',
  phone: '.room h1',
};

/** @returns the page, which the caller closes */
export async function openFace(
  context: BrowserContext,
  mode: Mode,
  session: Seeded,
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(UP_MS);
  await page.goto(ADDRESS[mode.face](session));
  if (mode.text) await page.addStyleTag({ content: `:root { font-size: ${mode.text}% }` });
  if (mode.face === 'phone') await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.locator(UP[mode.face]).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** A phone's picture is as long as its page; a console's and a wall's is what is in sight. */
export async function shoot(page: Page, mode: Mode, path: string): Promise<void> {
  await page.screenshot({ path, fullPage: mode.face === 'phone', animations: 'disabled' });
}

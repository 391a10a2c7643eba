/** Opens a face of a session, as people do. */
import type { BrowserContext, Page } from '@playwright/test';
import type { FaceName } from './modes.ts';
import type { Seeded } from './seed.ts';

/** Faces that do not come up in this time are a fault, not a slow machine. */
const UP_MS = 20_000;

const PATHS: Record<FaceName, string> = { wall: 'screen', console: 'host', phone: 'join' };

/** Of each face, what is there once it follows the room. */
const UP: Record<FaceName, string> = {
  wall: '.wall .frame',
  console: '.console',
  phone: '.room h1',
};

/** Where a face of a session is opened, with its key. */
export function addressOf(
  face: FaceName,
  { url, code, keys }: Pick<Seeded, 'url' | 'code' | 'keys'>,
): string {
  const key = { wall: `#${keys.screen}`, console: `#${keys.host}`, phone: '' }[face];
  return `${url}/${PATHS[face]}/${code}${key}`;
}

/** @returns the page, which the caller closes */
export async function openFace(
  context: BrowserContext,
  face: FaceName,
  session: Pick<Seeded, 'url' | 'code' | 'keys' | 'words'>,
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(UP_MS);
  await page.goto(addressOf(face, session));
  const join = session.words('phone_join');
  if (face === 'phone') await page.getByRole('button', { name: join, exact: true }).click();
  await page.locator(UP[face]).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** States of a face without its room: no line, no key, a wrong key, the end. */
import type { Page } from '@playwright/test';
import { connectHost, createSession } from '../setup/room.ts';
import type { FaceName } from './modes.ts';
import { addressOf } from './face.ts';
import type { Seeded } from './seed.ts';

/** Whatever comes instead of the room is there by then. */
const SETTLES_MS = 1_500;
/** No room has this code: a session's own never repeats a character so. */
const NOWHERE = '222222';

type Keys = Pick<Seeded, 'url' | 'code' | 'keys' | 'words'>;

async function offline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.waitForTimeout(SETTLES_MS);
}

/** Leaves the line as it was, for what comes after. */
async function nowhere(page: Page, face: FaceName, { url }: Keys): Promise<void> {
  await page.context().setOffline(false);
  const keys = { host: '', screen: '' };
  await page.goto(addressOf(face, { url, code: NOWHERE, keys }).split('#')[0] ?? '');
  await page.waitForTimeout(SETTLES_MS);
}

async function wrongKey(page: Page, face: FaceName, { url, code, keys }: Keys): Promise<void> {
  const forged = (key: string) => `${key.slice(0, -4)}AAAA`;
  const wrong = { host: forged(keys.host), screen: forged(keys.screen) };
  await page.goto('about:blank');
  await page.goto(addressOf(face, { url, code, keys: wrong }));
  await page.waitForTimeout(SETTLES_MS);
}

/** A session of its own, so that the seeded one is there for the next mode. */
async function ended(page: Page, face: FaceName, { url, words }: Keys): Promise<void> {
  const { code, ...keys } = await createSession(url);
  const host = await connectHost(url, keys.host);
  await page.goto('about:blank');
  await page.goto(addressOf(face, { url, code, keys }));
  if (face === 'phone')
    await page.getByRole('button', { name: words('phone_join'), exact: true }).click();
  await page.waitForTimeout(SETTLES_MS);
  await host.socket.timeout(5000).emitWithAck('end', { code });
  await page.waitForTimeout(SETTLES_MS);
  host.close();
}

/** In order. A phone has no key that could be wrong. */
export function lost(face: FaceName) {
  const bound =
    (does: (page: Page, face: FaceName, keys: Keys) => Promise<void>) =>
    (page: Page, session: Seeded) =>
      does(page, face, session);
  return [
    { name: 'no-line', do: bound(offline) },
    { name: 'nowhere', do: bound(nowhere) },
    ...(face === 'phone' ? [] : [{ name: 'wrong-key', do: bound(wrongKey) }]),
    { name: 'ended', do: bound(ended) },
  ];
}

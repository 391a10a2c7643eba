/** A laptop in a meeting room: plain http under a name of the local network, so an insecure context. */
import { readFile } from 'node:fs/promises';
import { chromium, expect, test } from '@playwright/test';
import { readPdf } from '../lib/export/reader.ts';
import { startApp } from '../setup/app.ts';
import { chromiumArgs, chromiumPath } from '../setup/chromium.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { assess, joinPhone, LEANINGS, open, PHONE, says, sendVote } from './people.ts';
import { openConsole, openWall, startRoom } from './room.ts';

test('R3 on plain http under a name of the local network: join, vote, result, PDF and copied links work', async () => {
  const app = await startApp();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs, '--host-resolver-rules=MAP crossroads.test 127.0.0.1'],
  });
  const url = `http://crossroads.test:${app.port}`;
  const room = await startRoom(app.url, 0);
  const privacy = await open(browser, PHONE, `${url}/privacy`);
  await says(
    privacy,
    'Whoever runs this network, or listens in on it, could read what your phone sends.',
  );
  await privacy.context().close();
  const phone = await joinPhone(browser, { url, code: room.code });
  expect(await phone.evaluate(() => isSecureContext || 'clipboard' in navigator)).toBe(false);
  await goTo(room.host, 'myth', 'open');
  await sendVote(phone, 0);
  await pressNext(room.host);
  await goTo(room.host, 'assessment', 'open');
  await assess(phone, LEANINGS.strongEm);
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await says(phone, 'Strongly EM');
  const [download] = await Promise.all([
    phone.waitForEvent('download'),
    phone.getByRole('button', { name: 'PDF', exact: true }).click(),
  ]);
  const { text } = await readPdf(new Uint8Array(await readFile(await download.path())));
  expect(text).toContain('30 of 30');

  const host = await openConsole(browser, { ...room, url });
  await host.getByRole('button', { name: 'Share' }).click();
  await host.getByRole('button', { name: 'Copy the join link' }).click();
  await says(host, 'Copied');
  const screen = await openWall(browser, { ...room, url });
  await says(screen, room.host.view().slide.title);
  room.close();
  await browser.close();
  await app.stop();
});

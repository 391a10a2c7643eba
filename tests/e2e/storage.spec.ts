/** A browser that keeps nothing: everything works until the page closes. */
import { test, type Browser, type Page } from '@playwright/test';
import type { TestApp } from '../setup/app.ts';
import { CONSOLE, jumpTo, live, says, sendVote } from './people.ts';
import { stepOf } from './workshop.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

for (const kind of ['forbidden', 'full'] as const)
  test(`storage is ${kind}: everything works until the page closes, and the page says so`, async ({
    browser,
  }) => {
    const { url } = app;
    const host = await withoutStorage(browser, kind, url);
    await host.getByRole('button', { name: 'Start the session' }).click();
    await host.waitForURL(/\/host\/.{6}/);
    await live(host);
    // The address keeps the key, so that a reload finds the console.
    await host.reload();
    await live(host);
    const code = new URL(host.url()).pathname.slice(-6);

    const phone = await withoutStorage(browser, kind, `${url}/join/${code}`);
    await phone.getByRole('button', { name: 'Join', exact: true }).click();
    await live(phone);
    await says(phone, 'This browser does not store what you do here. Leave this page open');
    const { title } = await stepOf('myth');
    await jumpTo({ page: host, code, url }, title);
    await host.getByRole('button', { name: 'Open the vote' }).click();
    await sendVote(phone, 1);
  });

/** A browser that keeps nothing, as a private window or a full phone may be. */
async function withoutStorage(
  browser: Browser,
  kind: 'forbidden' | 'full',
  url: string,
): Promise<Page> {
  const context = await browser.newContext(CONSOLE);
  await context.addInitScript((kind) => {
    const refuse = (name: string) => () => {
      throw new DOMException('not in this browser', name);
    };
    if (kind === 'full') Storage.prototype.setItem = refuse('QuotaExceededError');
    else
      for (const store of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, store, { get: refuse('SecurityError') });
  }, kind);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

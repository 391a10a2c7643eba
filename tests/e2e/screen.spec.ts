/** The projector's page by itself: its key, its states, and whether a room can read it. */
import { expect, test, type Page } from '@playwright/test';
import { startApp, type TestApp } from '../setup/app.ts';
import { connectHost, connectPeople, createSession, goTo, pressNext, vote } from '../setup/room.ts';
import { complaints } from './axe.ts';
import { open, WALL } from './people.ts';

/** Of the picture's height: what is smaller cannot be read from eight metres. */
const SMALLEST = 0.024;

let app: TestApp;
test.beforeEach(async () => {
  app = await startApp();
});
test.afterEach(() => app.stop());

test('S3 the key leaves the address bar, survives a reload, and nothing opens without it', async ({
  browser,
}) => {
  const { code, screen } = await createSession(app.url);
  const page = await open(browser, WALL, `${app.url}/screen/${code}#${screen}`);
  await expect(page.getByText(code.slice(0, 3))).toBeVisible();
  expect(page.url()).toBe(`${app.url}/screen/${code}`);
  await page.reload();
  await expect(page.getByText(code.slice(0, 3))).toBeVisible();

  const bare = await open(browser, WALL, `${app.url}/screen/${code}`);
  await expect(bare.getByRole('heading', { name: 'needs its own link' })).toBeVisible();
  const short = screen.slice(0, -4);
  for (const wrong of [`${short}AAAA`, short]) {
    const stranger = await open(browser, WALL, `${app.url}/screen/${code}#${wrong}`);
    await expect(stranger.getByText('This projector link does not open the room')).toBeVisible();
    await expect(stranger.getByRole('button')).toHaveCount(0);
  }
  // Over a wall that runs, a wrong link has a way back to it.
  await page.goto(`${app.url}/screen/${code}#${short}`);
  await page.getByRole('button', { name: 'Back to the room' }).click();
  await expect(page.getByText(code.slice(0, 3)).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText(code.slice(0, 3)).first()).toBeVisible();
});

test('R3 the slide stays while the server is away; the end comes with a receipt', async ({
  browser,
}) => {
  const { code, screen, host: key } = await createSession(app.url);
  const host = await connectHost(app.url, key);
  const page = await open(browser, WALL, `${app.url}/screen/${code}#${screen}`);
  const { slide } = await goTo(host, 'discussion', 'talk');
  const question = page.getByRole('heading', { name: 'ask' in slide ? slide.ask : '' });
  await expect(question).toBeVisible();

  await app.kill('SIGKILL');
  await expect(page.getByText('Connection lost.')).toBeVisible();
  await expect(question).toBeVisible();
  await app.restart();
  await expect(page.getByText('Connection lost.')).toBeHidden({ timeout: 20_000 });
  await expect(question).toBeVisible();

  await expect.poll(() => host.socket.connected).toBe(true);
  await host.socket.timeout(5000).emitWithAck('end', { code });
  await expect(page.getByRole('heading', { name: 'This session has ended' })).toBeVisible();
  await expect(page.getByText(/deleted at .*: every seat \(0\)/)).toBeVisible();
  host.close();
});

for (const [width, height] of [
  [1920, 1080],
  [1024, 768],
] as const)
  test(`every slide fits and can be read from afar at ${width} × ${height}`, async ({
    browser,
  }) => {
    test.setTimeout(240_000);
    const { code, screen, host: key } = await createSession(app.url);
    const host = await connectHost(app.url, key);
    const people = await connectPeople(app.url, code, 12);
    const wall = { viewport: { width, height }, reducedMotion: 'reduce' as const };
    const page = await open(browser, wall, `${app.url}/screen/${code}#${screen}`);
    let kind = '';
    do {
      const { round, slide, cursor } = host.view();
      const here = `${slide.kind} ${slide.title} ${cursor.stage}`;
      await expect(
        page.locator(`[data-step="${cursor.step}"][data-stage="${cursor.stage}"]`),
      ).toContainText(slide.title);
      if (round?.status === 'open')
        for (const [index, person] of people.entries()) {
          const marks = slide.kind === 'assessment' ? slide.statements.map(() => index % 3) : [];
          const choice =
            slide.kind === 'assessment' ? { lean: index % 5, marks } : { cell: index % 3 };
          expect(await vote(person, choice), here).toMatchObject({ ok: true });
        }
      expect(await cramped(page), here).toEqual([]);
      // Contrast does not depend on the size: once is enough.
      const another =
        slide.kind !== kind || ['shown', 'truth', 'regret', 'both'].includes(cursor.stage);
      if (width === 1920 && another) {
        const rules = { 'color-contrast-enhanced': { enabled: true } };
        expect(await complaints(page, { rules }), here).toEqual([]);
      }
      kind = slide.kind;
    } while (await pressNext(host));
    for (const face of [host, ...people]) face.close();
  });

/** Texts that are too small or reach out of the slide; empty when all is well. */
async function cramped(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const texts = [...document.querySelectorAll<HTMLElement>('.wall .frame *')].filter(
      (element) =>
        !element.closest('.visually-hidden') &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    const slide = document.querySelector('.slide')?.getBoundingClientRect();
    return texts.flatMap((element) => {
      const { bottom, right } = element.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(element).fontSize);
      const outside =
        element.closest('.slide') &&
        slide &&
        (bottom > slide.bottom + 8 || right > slide.right + 8);
      return outside || size < innerHeight * smallest
        ? [`${element.textContent?.trim().slice(0, 40)} (${size}px, ends at ${bottom})`]
        : [];
    });
  }, SMALLEST);
}

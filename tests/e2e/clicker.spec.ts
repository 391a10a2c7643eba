/** A facilitator's hour with nothing but a clicker and a few keys; and the wall and phones beside it. */
import { expect, test, type Page } from '@playwright/test';
import type { HostView } from '#protocol/views.ts';
import type { TestApp } from '../setup/app.ts';
import { command } from '../setup/room.ts';
import { joinPhone, says } from './people.ts';
import { openConsole, openWall, peopleAnswer, spreadLeans, startRoom } from './room.ts';
import { served } from './served.ts';

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
});

/** What a clicker sends onwards, and what a hand on the keys does. */
const ONWARD = ['PageDown', 'ArrowRight', ' '];

test('R8 keys and clicker from the lobby to the last step of the short plan, each press one move', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const room = await startRoom(app.url, 5, 'short');
  const page = await openConsole(browser, room);
  const moves = (to: HostView['cursor'] | null) =>
    room.host.until(({ cursor }) => cursor.step === to?.step && cursor.stage === to.stage);
  let presses = 0;
  let asked = 0;
  for (;;) {
    const { next, cursor, round, slide, previous } = room.host.view();
    if (!next) break;
    if (round?.status === 'open')
      await peopleAnswer(room, (index) =>
        slide.kind === 'assessment' ? spreadLeans(index) : { cell: index % 3 },
      );
    await ready(page, room.host.view());
    // Once there and back again, with the clicker's other button.
    if (presses === 3) {
      await page.keyboard.press('PageUp');
      await moves(previous);
      await ready(page, room.host.view());
      await page.keyboard.press('ArrowRight');
      await moves(cursor);
      await ready(page, room.host.view());
    }
    await page.keyboard.press(ONWARD[presses % ONWARD.length] ?? ' ');
    if (round?.status === 'open') asked += Number(await closeAnyway(page, next, asked === 0));
    await moves(next);
    presses++;
  }
  await ready(page, room.host.view());
  // Nobody ends a session by one press too many.
  for (const key of ONWARD) await page.keyboard.press(key);
  await says(page, 'That was the last step.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  room.close();
});

test('the wall black and with the code, by key; time that is up on every face; a lock, and an end with receipts', async ({
  browser,
}) => {
  const room = await startRoom(app.url, 1);
  const page = await openConsole(browser, room);
  const wall = await openWall(browser, room);
  const phone = await joinPhone(browser, room);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const slide = wall.locator('.wall .slide');
  /** The console takes one thing at a time. */
  const key = async (name: string) => {
    await expect(page.locator('.primary-press')).toHaveAttribute('aria-busy', 'false');
    await page.keyboard.press(name);
  };
  const black = wall.getByText('The facilitator has darkened the wall');

  // S2: nobody new.
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByLabel('Lock the room').check();
  await says(wall, 'Room locked');
  await page.keyboard.press('Escape');

  await key('b');
  await expect(black).toBeAttached();
  await expect(slide).toBeHidden();
  await key('k');
  await says(wall, 'Join at');
  await expect(black).not.toBeAttached();
  await key('K');
  await expect(slide).toBeVisible();
  await key('.');
  await expect(slide).toBeHidden();
  await key('?');
  await expect(page.getByRole('dialog')).toContainText('Wall black, and back again');
  await key('b');
  await key('Escape');
  await expect(slide).toBeHidden();
  // A move lifts it: here by a clicker in front of the wall's window, with the panel still open behind it.
  await press('Share and project');
  const beside = await page.context().newPage();
  await beside.goto(`${app.url}/screen/${room.code}#${room.keys.screen}`);
  await beside.locator('.wall .frame').waitFor();
  await beside.keyboard.press('PageDown');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await wall.keyboard.press('PageDown');
  await says(wall, 'Nothing here takes keys');
  await expect(slide).toBeVisible();
  await expect(slide).not.toHaveAttribute('data-step', 'welcome');

  await page.evaluate(listen);
  await command(room.host, { do: 'timer', seconds: 3 });
  for (const face of [page, wall, phone])
    await expect(face.getByText('Time is up').first()).toBeAttached();
  await expect.poll(() => page.evaluate(heard)).toEqual(['closed']);

  await press('End and delete');
  await press('Delete everything now');
  await says(page, '2 seats and every result were deleted');
  await says(wall, /deleted at .*: every seat \(2\)/);
  await says(phone, 'every seat (2)');
  room.close();
});

/**
 * The count may still be behind: then the console asks, and the clicker answers once there was time to
 * read. @returns whether it asked
 */
async function closeAnyway(page: Page, next: HostView['cursor'], wait: boolean): Promise<boolean> {
  const anyway = page.getByRole('button', { name: 'Close anyway' });
  await anyway.or(slideAt(page, next)).first().waitFor();
  if (!(await anyway.isVisible())) return false;
  if (!wait) await anyway.click();
  else {
    await page.keyboard.press('PageDown');
    await says(page, 'press once more');
    await page.waitForTimeout(1000);
    await page.keyboard.press('PageDown');
  }
  return true;
}

/** The room's slide on the console, or the host's first look in its place. */
const slideAt = (page: Page, { step, stage }: HostView['cursor']) => {
  const slide = page.locator(`main [data-step="${step}"][data-stage="${stage}"]`);
  const first = page.getByRole('figure', { name: 'Only you see this so far' });
  return stage === 'closed' ? slide.or(first).first() : slide;
};

/** Keeps every player of sounds that this page makes from now on. */
function listen(): void {
  const players: AudioContext[] = [];
  window.AudioContext = class extends AudioContext {
    constructor() {
      super();
      players.push(this);
    }
  };
  Object.assign(window, { players });
}

/** Of each player: `closed` once its last note has sounded, which a silenced one never comes to. */
const heard = () =>
  (window as unknown as { players: AudioContext[] }).players.map(({ state }) => state);

/** The console shows where the room is, and takes presses again. */
async function ready(page: Page, { cursor }: HostView): Promise<void> {
  await expect(slideAt(page, cursor)).toBeVisible();
  await expect(page.locator('.primary-press')).toHaveAttribute('aria-disabled', 'false');
}

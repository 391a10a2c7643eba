/** What somebody does on a face to come to a state of that face alone: a dialog, an answer, a result. */
import { expect, type Page } from '@playwright/test';
import type { HostCommand } from '#protocol/messages.ts';
import { command, connectHost } from '../setup/room.ts';
import type { FaceName } from './modes.ts';
import { lost } from './lost.ts';
import type { Seeded } from './seed.ts';
import type { State } from './states.ts';

/** A view is at the faces long before this. */
const FOLLOWS_MS = 700;

export interface Act {
  name: string;
  do: (page: Page, session: Seeded) => Promise<void>;
}

/** @param key of the button's words */
const click =
  (key: string) =>
  (page: Page, { words }: Seeded) =>
    page
      .getByRole('button', { name: words(key) })
      .first()
      .click();

/** Answers the next `count` statements, one way and the other. */
const answer = (count: number) => async (page: Page) => {
  const legend = page.locator('legend');
  for (let at = 0; at < count; at++) {
    const asked = await legend.innerText();
    await page
      .getByRole('radio')
      .nth((at * 3 + 1) % 5)
      .check();
    await page.locator('form button[type=submit]').click();
    await expect(legend.filter({ hasText: asked })).toHaveCount(0);
  }
};

/** The state after which a face loses its room, in every mode. */
const LAST = 'closing-end';

/** In order; each goes on from where the one before has left the page. */
export function acts(face: FaceName, { name }: State): Act[] {
  return [...(ACTS[face][name] ?? []), ...(name === LAST ? lost(face) : [])];
}

const close = async (page: Page) => {
  await page.keyboard.press('Escape');
};

const closeThenPress = (key: string) => async (page: Page, session: Seeded) => {
  await close(page);
  await click(key)(page, session);
};

/** What the host does from elsewhere; the face follows a moment later. */
const host =
  (...commands: HostCommand[]) =>
  async (page: Page, session: Seeded) => {
    for (const each of commands) await command(session.host, each);
    await page.waitForTimeout(FOLLOWS_MS);
  };

/** A timer that is over: set, then cut short. */
const timerEnds = async (page: Page, session: Seeded) => {
  await host({ do: 'timer', seconds: 60 })(page, session);
  const { timer } = await session.host.until((view) => view.timer !== null);
  if (timer) await host({ do: 'extend', endsAt: timer.endsAt, seconds: -60 })(page, session);
};

/** The next mode opens the console by the link that this one made. */
const handOver = async (page: Page, session: Seeded) => {
  const { words } = session;
  await click('host_share_hand_show')(page, session);
  const label = page.getByLabel(words('host_share_hand_label'), { exact: true });
  const link = await label.inputValue();
  await click('host_share_hand_now')(page, session);
  await page.getByText(words('host_handed')).waitFor();
  session.keys.host = new URL(link).hash.slice(1);
  session.host.close();
  session.host = await connectHost(session.url, session.keys.host);
};

const TIMES: Act[] = [
  { name: 'timer', do: host({ do: 'timer', seconds: 300 }) },
  { name: 'timer-over', do: timerEnds },
];
const CURTAINS: Act[] = [
  { name: 'black', do: host({ do: 'curtain', curtain: 'black' }) },
  { name: 'code', do: host({ do: 'curtain', curtain: 'code' }) },
];
/** As it was, for the next mode. */
const REST: Act = {
  name: 'rest',
  do: host({ do: 'curtain', curtain: null }, { do: 'timer', seconds: 0 }),
};

const ACTS: Record<FaceName, Record<string, Act[]>> = {
  wall: { 'discussion-talk': [...TIMES, REST], 'points-point-1': [...TIMES, ...CURTAINS, REST] },
  console: {
    'welcome-lobby': [
      { name: 'share', do: click('host_share') },
      { name: 'share-cohost', do: click('host_share_cohost_make') },
      { name: 'share-projector', do: click('host_share_screen_new') },
      { name: 'share-hand-over', do: click('host_share_hand') },
      { name: 'handed-over', do: handOver },
    ],
    'gut-ask': [
      { name: 'help', do: async (page) => page.keyboard.press('?') },
      { name: 'end', do: closeThenPress('host_end') },
      { name: 'code-here', do: closeThenPress('host_code_show') },
    ],
    'points-point-1': [...TIMES, ...CURTAINS, REST],
    'poll-open': [{ name: 'guard', do: click('host_press_close') }],
  },
  phone: {
    'poll-open': [
      { name: 'chosen', do: (page) => page.getByRole('radio').first().check() },
      { name: 'counted', do: click('phone_send') },
    ],
    'assessment-open': [
      { name: 'half', do: answer(6) },
      { name: 'review', do: answer(6) },
      { name: 'ballot', do: click('phone_review_done') },
      { name: 'counted', do: click('phone_send') },
      { name: 'mine', do: click('phone_to_mine') },
    ],
  },
};

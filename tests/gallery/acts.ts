/** What somebody does on a face to come to a state of that face alone: a dialog, an answer, a result. */
import type { Page } from '@playwright/test';
import { answerStatements, LEANINGS } from '../e2e/people.ts';
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

const click = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

/** The state after which a face loses its room, in every mode. */
const LAST = 'closing-end';

/** In order; each goes on from where the one before has left the page. */
export function acts(face: FaceName, { name }: State): Act[] {
  return [...(ACTS[face][name] ?? []), ...(name === LAST ? lost(face) : [])];
}

const close = async (page: Page) => {
  await page.keyboard.press('Escape');
};

const closeThenPress = (name: string | RegExp) => async (page: Page) => {
  await close(page);
  await click(name)(page);
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
  await click('Show the new link')(page);
  const link = await page.getByLabel('New host link', { exact: true }).inputValue();
  await click('Hand over now')(page);
  await page.getByText('You have handed this session over').waitFor();
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
      { name: 'share', do: click('Share and project') },
      { name: 'share-cohost', do: click('Make a co-host link') },
      { name: 'share-projector', do: click('Make a new projector link') },
      { name: 'share-hand-over', do: click('Hand the session over …') },
      { name: 'handed-over', do: handOver },
    ],
    'gut-ask': [
      { name: 'help', do: async (page) => page.keyboard.press('?') },
      { name: 'end', do: closeThenPress('End and delete') },
      { name: 'code-here', do: closeThenPress('Show the code large') },
    ],
    'points-point-1': [...TIMES, ...CURTAINS, REST],
    'poll-open': [{ name: 'guard', do: click('Close and count') }],
  },
  phone: {
    'poll-open': [
      { name: 'chosen', do: (page) => page.getByRole('radio').first().check() },
      { name: 'counted', do: click('Send') },
    ],
    'assessment-open': [
      { name: 'half', do: (page) => answerStatements(page, LEANINGS.leaningEm, 1, 6) },
      { name: 'review', do: (page) => answerStatements(page, LEANINGS.leaningEm, 7) },
      { name: 'ballot', do: click('See what would leave') },
      { name: 'counted', do: click('Send') },
      { name: 'mine', do: click('Mine') },
    ],
  },
};

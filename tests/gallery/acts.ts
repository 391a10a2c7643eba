/** What somebody does on a face to come to a state of that face alone: a dialog, an answer, a result. */
import type { Page } from '@playwright/test';
import { answerStatements, LEANINGS } from '../e2e/people.ts';
import type { FaceName } from './modes.ts';
import type { State } from './states.ts';

export interface Act {
  name: string;
  do: (page: Page) => Promise<void>;
}

const click = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

/** In order; each goes on from where the one before has left the page. */
export function acts(face: FaceName, { name }: State): Act[] {
  return ACTS[face][name] ?? [];
}

const close = async (page: Page) => {
  await page.keyboard.press('Escape');
};

const ACTS: Record<FaceName, Record<string, Act[]>> = {
  wall: {},
  console: {
    'welcome-lobby': [
      { name: 'share', do: click('Share') },
      { name: 'help', do: async (page) => (await close(page), page.keyboard.press('?')) },
      { name: 'end', do: async (page) => (await close(page), click('End and delete')(page)) },
    ],
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

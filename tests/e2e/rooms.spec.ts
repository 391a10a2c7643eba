/** What rooms of different sizes and minds see on the wall, on every phone and on the console. */
import { expect, test } from '@playwright/test';
import { startEngine, type Engine } from '../setup/engines.ts';
import {
  distribution,
  joinPhones,
  LEANINGS,
  openScreen,
  startSession,
  type Leaning,
} from './people.ts';

const { strongStaff, leaningStaff, balanced, leaningEm, strongEm } = LEANINGS;
const times = (count: number, leaning: Leaning) => new Array<Leaning>(count).fill(leaning);

const ROOMS: { name: string; people: Leaning[]; sentence: RegExp; never: RegExp }[] = [
  {
    name: 'DISC-1 four people: withheld',
    people: [strongStaff, balanced, leaningEm, strongEm],
    sentence: /Fewer than 5 answered\. Nothing is shown/,
    never: /or more of|: \d+[.,]/,
  },
  {
    name: 'DISC-3 six of one mind: veiled',
    people: times(6, strongStaff),
    sentence: /4 or more of 6: .*Staff/,
    never: /6 or more|5 or more|Strongly Staff: \d/,
  },
  {
    name: 'DISC-3 four strong and four leaning to Staff: veiled on the bands',
    people: [...times(4, strongStaff), ...times(4, leaningStaff)],
    sentence: /5 or more of 8: .*Staff/,
    never: /Strongly Staff: \d|Leaning Staff: \d/,
  },
  {
    name: 'DISC-2 twelve spread: five bins',
    people: [
      ...times(3, strongStaff),
      ...times(2, leaningStaff),
      ...times(2, balanced),
      ...times(2, leaningEm),
      ...times(3, strongEm),
    ],
    sentence:
      /12 answered\. Strongly Staff: 3, Leaning Staff: 2, Balanced: 2, Leaning EM: 2, Strongly EM: 3/,
    never: /or more of/,
  },
];

let engine: Engine;
test.beforeAll(async () => {
  engine = await startEngine('embedded engine');
});
test.afterAll(() => engine.stop());

for (const { name, people, sentence, never } of ROOMS)
  test(name, async ({ browser }) => {
    test.setTimeout(180_000);
    const host = await startSession(browser, engine.app.url);
    const screen = await openScreen(browser, host);
    const phones = await joinPhones(browser, host, people.length);
    await distribution(host, phones, people);
    for (const face of [screen, host.page, ...phones]) {
      await expect(face.getByText(sentence).first()).toBeAttached();
      expect(await face.locator('body').innerText()).not.toMatch(never);
    }
  });

/** What rooms of different sizes and minds see on the wall, on a phone and on the console. */
import { expect, test } from '@playwright/test';
import { startEngine, type Engine } from '../setup/engines.ts';
import { goTo, pressNext } from '../setup/room.ts';
import { assessAndSend, joinPhone, LEANINGS } from './people.ts';
import { openConsole, openWall, peopleAnswer, startRoom } from './room.ts';

/** As bins of the lean: from strongly Staff to strongly EM. */
const [STRONG_STAFF, LEANING_STAFF, BALANCED, LEANING_EM, STRONG_EM] = [0, 1, 2, 3, 4] as const;
const times = (count: number, lean: number) => new Array<number>(count).fill(lean);

/** In each room one more answers with a thumb: strongly Staff. */
const ROOMS: {
  name: string;
  others: number[];
  sentence: RegExp;
  never: RegExp;
  /** What a screen reader says of the wall's chart: one sentence, then a table whose rows have names. */
  aloud: string;
}[] = [
  {
    name: 'DISC-1 four people: withheld',
    others: [BALANCED, LEANING_EM, STRONG_EM],
    sentence: /Fewer than 5 answered\. Nothing is shown/,
    never: /or more of|:\s\d+[.,]/,
    aloud: `
      - paragraph: Fewer than 5 answered. Nothing is shown, to protect everyone.
      - paragraph: /Too few for a picture/`,
  },
  {
    name: 'DISC-3 six of one mind: veiled',
    others: times(5, STRONG_STAFF),
    sentence: /4 or more of 6: .*Staff/,
    never: /6 or more|5 or more|Strongly Staff:\s\d/,
    aloud: `
      - text: "4 or more of 6: Staff side. Nearly everyone is together here, so exact numbers stay veiled."`,
  },
  {
    name: 'DISC-3 four strong and four leaning to Staff: veiled on the bands',
    others: [...times(3, STRONG_STAFF), ...times(4, LEANING_STAFF)],
    sentence: /5 or more of 8: .*Staff/,
    never: /Strongly Staff:\s\d|Leaning Staff:\s\d/,
    aloud: `
      - text: "5 or more of 8: Staff side. Nearly everyone is together here, so exact numbers stay veiled."`,
  },
  {
    name: 'DISC-2 twelve spread: five bins',
    others: [
      ...times(2, STRONG_STAFF),
      ...times(2, LEANING_STAFF),
      ...times(2, BALANCED),
      ...times(2, LEANING_EM),
      ...times(3, STRONG_EM),
    ],
    sentence:
      /12 answered\. Strongly Staff:\s3, Leaning Staff:\s2, Balanced:\s2, Leaning EM:\s2, Strongly EM:\s3/,
    never: /or more of/,
    aloud: `
      - text: /^12 answered. Strongly Staff.{2}3, Leaning Staff.{2}2, Balanced.{2}2, Leaning EM.{2}2, Strongly EM.{2}3.$/
      - table "Where the room stands":
        - rowgroup:
          - row "Answer People":
            - columnheader "Answer"
            - columnheader "People"
        - rowgroup:
          - row "Strongly Staff 3":
            - rowheader "Strongly Staff"
            - cell "3"
          - row "Leaning Staff 2"
          - row "Balanced 2"
          - row "Leaning EM 2"
          - row "Strongly EM 3"`,
  },
];

let engine: Engine;
test.beforeAll(async () => {
  engine = await startEngine('embedded engine');
});
test.afterAll(() => engine.stop());

for (const { name, others, sentence, never, aloud } of ROOMS)
  test(name, async ({ browser }) => {
    const room = await startRoom(engine.app.url, others.length);
    const [console, wall, phone] = await Promise.all([
      openConsole(browser, room),
      openWall(browser, room),
      joinPhone(browser, room),
    ]);
    await goTo(room.host, 'assessment', 'open');
    await assessAndSend(phone, LEANINGS.strongStaff);
    await peopleAnswer(room, (index) => ({
      lean: others[index] ?? BALANCED,
      marks: new Array<number>(12).fill(1),
    }));
    await pressNext(room.host);
    await room.host.until(({ cursor }) => cursor.stage === 'closed');
    await pressNext(room.host);
    for (const face of [wall, console, phone]) {
      await expect(face.getByText(sentence).first()).toBeAttached();
      expect(await face.locator('body').innerText()).not.toMatch(never);
    }
    const chart = wall.getByRole('figure', { name: 'Where the room stands' });
    await expect(chart).toMatchAriaSnapshot(aloud);
    room.close();
  });

/**
 * Every state of the gallery on every face, in German, whose words are longer: axe, forced colours,
 * nothing cut off. `npm run gallery` has it take the pictures too.
 */
import {
  expect,
  test,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { acts } from '../gallery/acts.ts';
import { openFace } from '../gallery/face.ts';
import { FACES, type FaceName } from '../gallery/modes.ts';
import { bring, enter, NoWay, seed, type Room } from '../gallery/seed.ts';
import { MINDS, statesOf, type Mind, type State } from '../gallery/states.ts';
import { LANGUAGE, ONLY, taking, takePictures } from '../gallery/take.ts';
import type { TestApp } from '../setup/app.ts';
import { accessible, fitsThumbs } from './accessible.ts';
import { CONSOLE, PHONE, WALL } from './people.ts';
import { readable, whole } from './sight.ts';
import { workshop } from './workshop.ts';
import { served } from './served.ts';

const { steps } = await workshop();
const states = statesOf(steps).filter(({ name }) => name.startsWith(ONLY));

const OPTIONS: Record<FaceName, BrowserContextOptions> = {
  wall: WALL,
  console: CONSOLE,
  phone: { ...PHONE, deviceScaleFactor: 1, viewport: { width: 320, height: 568 } },
};

/** Most of a console: the agenda, the same in every state, and what the wall shows, looked at there. */
const SEEN = 'nav, .wall';

/** A console draws what its wall draws: other shapes of the same result are no other states of it. */
const facesOf = (mind: Mind): FaceName[] => {
  const seen = mind === MINDS.seven || mind === MINDS.many || mind === MINDS.camps;
  return FACES.filter((face) => taking || face !== 'console' || !seen);
};

/** What a room of each mind passes through, in the order of the agenda; few people talk instead first. */
const passes = (mind: Mind): State[] => {
  const isTalk = ({ stage }: State) => stage === 'talk';
  return states
    .filter((state) => (isTalk(state) ? mind === MINDS.few : state.mind === mind))
    .sort((a, b) => (a.step === b.step ? Number(isTalk(b)) - Number(isTalk(a)) : 0));
};

let app: TestApp;
test.beforeEach(async () => {
  app = await served();
  test.setTimeout(taking ? 3_600_000 : 180_000);
});

const { spread, ...others } = MINDS;
for (const [name, minds] of Object.entries({ spread: [spread], others: Object.values(others) }))
  test(`WCAG 2.2 AA in every state of every slide, nothing cut off: ${name}`, async ({
    browser,
  }) => {
    for (const mind of minds) {
      const room = await enter(app.url, steps, mind, LANGUAGE);
      const faces = await Promise.all(facesOf(mind).map((face) => follow(browser, room, face)));
      const [first] = passes(mind);
      for (const state of passes(mind)) {
        if (!(await reached(room, state))) continue;
        await Promise.all(
          faces.map(async ({ face, page, follows }) => {
            await follows(room.host.view().revision);
            const seen = face === 'console' && state !== first ? SEEN : undefined;
            await holds(page, face, state.name, seen);
          }),
        );
      }
      await Promise.all(faces.map(({ page }) => page.context().close()));
      room.close();
    }
  });

for (const face of FACES)
  test(`WCAG 2.2 AA of what somebody does, and without a room, nothing cut off: ${face}`, async ({
    browser,
  }) => {
    for (const state of states.filter((each) => acts(face, each).length > 0)) {
      const session = await seed(app.url, steps, state, LANGUAGE);
      const page = await openFace(await contextOf(browser, face), face, session);
      for (const act of acts(face, state)) {
        await act.do(page, session);
        await drawn(page);
        await holds(page, face, `${state.name}-${act.name}`);
      }
      await page.context().close();
      session.close();
    }
  });

async function holds(page: Page, face: FaceName, state: string, seen?: string): Promise<void> {
  const where = `${state}, ${face}`;
  if (await isNew(page, face, seen)) {
    // In dark as well where the faces are walked for their own sake; here tokens.test.ts knows the contrasts.
    await accessible(page, where, { without: seen, schemes: ['light'] });
    await page.emulateMedia({ forcedColors: 'active' });
    await readable(page, where);
    await page.emulateMedia({ forcedColors: 'none' });
  }
  await whole(page, where, face === 'wall');
  if (face === 'phone') await fitsThumbs(page, where);
  if (taking) await takePictures(page, face, state, OPTIONS[face]);
}

/** Of each face, the elements that axe has looked at, by all that tells them apart but their text. */
const looked: Record<FaceName, Set<string>> = {
  wall: new Set(),
  console: new Set(),
  phone: new Set(),
};

/** Whether a face shows an element that no state before had: what axe says of the others is known. */
async function isNew(page: Page, face: FaceName, seen = ''): Promise<boolean> {
  const elements = await page.evaluate((without) => {
    const TELLING = ['class', 'role', 'type', 'disabled', 'aria-hidden', 'aria-current', 'open'];
    const named = (element: Element) =>
      [element.tagName, ...TELLING.map((name) => element.getAttribute(name))].join('|');
    const path = (element: Element | null): string =>
      element && element !== document.body
        ? `${path(element.parentElement)}>${named(element)}`
        : '';
    const all = [...document.body.querySelectorAll('*')];
    const asked = without ? all.filter((element) => !element.closest(without)) : all;
    return [...new Set(asked.map(path))];
  }, seen);
  const unseen = elements.filter((each) => !looked[face].has(each));
  for (const each of unseen) looked[face].add(each);
  return unseen.length > 0;
}

/** Whether the agenda leads there: of few people some stages show nothing and are passed over. */
async function reached(room: Room, state: State): Promise<boolean> {
  try {
    await bring(room, state);
    return true;
  } catch (error) {
    if (error instanceof NoWay) return false;
    throw error;
  }
}

const contextOf = (browser: Browser, face: FaceName) =>
  browser.newContext({ ...OPTIONS[face], locale: LANGUAGE });

interface Follower {
  face: FaceName;
  page: Page;
  /** Resolves when it draws this revision of the room. */
  follows: (revision: number) => Promise<void>;
}

async function follow(browser: Browser, room: Room, face: FaceName): Promise<Follower> {
  const context = await contextOf(browser, face);
  let newest = 0;
  context.on('page', (page) =>
    page.on('websocket', (line) =>
      line.on('framereceived', ({ payload }) => {
        const frame = payload.toString();
        const [, revision = '0'] = /"revision":(\d+)/.exec(frame) ?? [];
        // A beat tells of a view that is still to be fetched.
        if (!frame.startsWith('42["tick"')) newest = Math.max(newest, Number(revision));
      }),
    ),
  );
  const page = await openFace(context, face, room);
  const follows = async (revision: number) => {
    await expect.poll(() => newest).toBeGreaterThanOrEqual(revision);
    await drawn(page);
  };
  return { face, page, follows };
}

/** What has just come is drawn by then. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

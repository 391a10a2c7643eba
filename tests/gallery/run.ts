/**
 * `npm run gallery`: pictures of every state of every slide kind, on every face, of real sessions.
 * `npm run gallery -- wall phone-320` takes only those faces or modes; `--only myth` only states
 * whose name begins so; `--stay` keeps the sessions up afterwards and prints their links.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { workshop } from '../e2e/workshop.ts';
import { optionsOf } from '../runner/options.ts';
import { root, results } from '../runner/steps.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { chromiumArgs, chromiumPath } from '../setup/chromium.ts';
import { acts } from './acts.ts';
import { chooseModes, type Mode } from './modes.ts';
import { NoWay, seed, type Seeded } from './seed.ts';
import { writeIndex, writeSheets, type Picture } from './sheet.ts';
import { contextOf, openFace, shoot } from './shoot.ts';
import { statesOf } from './states.ts';

const folder = join(results, 'gallery');
/** Counts come with the next beat of the room. */
const BEAT_MS = 5_500;

const { values, positionals } = optionsOf({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, stay: { type: 'boolean', default: false } },
});

let app: TestApp | undefined;
let browser: Browser | undefined;
try {
  const modes = chooseModes(positionals);
  app = await startApp({ env: { MAX_SESSIONS: '5000', ORIGIN: 'http://crossroads.example' } });
  const sessions = await seedAll(app.url);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  await rm(folder, { recursive: true, force: true });
  const pictures: Picture[] = [];
  for (const mode of modes) pictures.push(...(await takeAll(browser, mode, sessions)));
  await writeSheets(browser, folder, pictures);
  console.log(`${pictures.length} pictures: ${await writeIndex(folder, pictures)}`);
  if (values.stay) await stay(sessions);
  for (const session of sessions) session.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await browser?.close();
  await app?.stop();
}

async function seedAll(url: string): Promise<Seeded[]> {
  const { steps } = await workshop();
  const states = statesOf(steps).filter(({ name }) => name.startsWith(values.only));
  if (states.length === 0) throw new Error(`No state's name begins with ${values.only}.`);
  console.log(`${states.length} states are brought about …`);
  const sessions: Seeded[] = [];
  for (const state of states) {
    try {
      sessions.push(await seed(url, steps, state));
    } catch (error) {
      // Four people see nothing: some of a step's stages are then passed over.
      if (!(error instanceof NoWay)) throw error;
      console.log(`left out: ${error.message}`);
    }
  }
  await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
  return sessions;
}

async function takeAll(by: Browser, mode: Mode, sessions: Seeded[]): Promise<Picture[]> {
  console.log(`${mode.name} …`);
  const into = join(folder, mode.name);
  await mkdir(into, { recursive: true });
  const taken: Picture[] = [];
  const context = await contextOf(by, mode);
  for (const session of sessions) {
    const page = await openFace(context, mode, session);
    const take = async (title: string) => {
      const path = join(into, `${title}.png`);
      await shoot(page, mode, path);
      taken.push({ path, title, face: mode.face, mode: mode.name });
    };
    await take(session.state.name);
    for (const act of acts(mode.face, session.state)) {
      await act.do(page, session);
      await take(`${session.state.name}-${act.name}`);
    }
    await page.close();
  }
  await context.close();
  return taken;
}

async function stay(sessions: Seeded[]): Promise<void> {
  for (const { state, url, code, keys } of sessions)
    console.log(
      `${state.name}\n  ${url}/host/${code}#${keys.host}\n  ${url}/screen/${code}#${keys.screen}\n  ${url}/join/${code}`,
    );
  console.log(`Until Ctrl+C, from ${root}.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
}

/**
 * `npm run gallery`: pictures of every state of every slide kind, on every face, of real sessions, as
 * the browser tests walk through them; `-- de` in German. `--only myth` takes only states whose name
 * begins so. `--stay` takes none: it keeps a session at each state and prints the links.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { workshop } from '../e2e/workshop.ts';
import { optionsOf } from '../runner/options.ts';
import { results } from '../runner/steps.ts';
import { startApp } from '../setup/app.ts';
import { chromiumArgs, chromiumPath } from '../setup/chromium.ts';
import { addressOf } from './face.ts';
import { FACES, MODES } from './modes.ts';
import { NoWay, seed, type Seeded } from './seed.ts';
import { writeIndex, writeSheets, type Picture } from './sheet.ts';
import { statesOf } from './states.ts';

const { values, positionals } = optionsOf({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, stay: { type: 'boolean', default: false } },
});
const [language = 'en'] = positionals;

if (values.stay) await stay();
else await take();

async function take(): Promise<void> {
  const folder = join(results, 'gallery', language);
  await rm(folder, { recursive: true, force: true });
  const env = { ...process.env, GALLERY: language, GALLERY_ONLY: values.only };
  const tests = spawn('playwright', ['test', 'gallery'], { env, stdio: 'inherit' });
  [process.exitCode] = (await once(tests, 'exit')) as [number];
  const pictures: Picture[] = [];
  for (const { name: mode, face } of MODES)
    for await (const path of glob(join(folder, mode, '*.png')))
      pictures.push({ path, mode: basename(dirname(path)), face, title: basename(path, '.png') });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  await writeSheets(browser, folder, pictures);
  await browser.close();
  console.log(`${pictures.length} pictures: ${await writeIndex(folder, pictures)}`);
}

async function stay(): Promise<void> {
  const app = await startApp({
    env: { MAX_SESSIONS: '5000', ORIGIN: 'http://crossroads.example' },
  });
  const { steps } = await workshop();
  const sessions: Seeded[] = [];
  for (const state of statesOf(steps).filter(({ name }) => name.startsWith(values.only))) {
    try {
      const session = await seed(app.url, steps, state, language);
      sessions.push(session);
      console.log([state.name, ...FACES.map((face) => addressOf(face, session))].join('\n  '));
    } catch (error) {
      // Four people see nothing: some of a step's stages are then passed over.
      if (!(error instanceof NoWay)) throw error;
      console.log(`left out: ${error.message}`);
    }
  }
  console.log('Until Ctrl+C.');
  await once(process, 'SIGINT');
  for (const session of sessions) session.close();
  await app.stop();
}

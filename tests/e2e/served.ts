/** The server of all tests that leave it running: starting one for each takes longer than many of them. */
import { rmSync } from 'node:fs';
import { startApp, type TestApp } from '../setup/app.ts';

let running: Promise<TestApp> | undefined;

/** One per worker of the test runner, ended with it. Rooms know nothing of each other (R6). */
export function served(): Promise<TestApp> {
  // One address makes all the rooms here.
  running ??= startApp({ env: { MAX_SESSIONS: '5000' } }).then((app) => {
    process.once('exit', () => rmSync(app.dataDir, { recursive: true, force: true }));
    return app;
  });
  return running;
}

/** A round whose ballots cannot be opened: the server came back with another CROSSROADS_SECRET. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startApp, TEST_SECRET, type TestApp } from '../setup/app.ts';
import { connectHost, connectPeople, createSession, goTo, pressNext, vote } from '../setup/room.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'crossroads-stuck-'));
let app: TestApp | undefined;
afterEach(async () => {
  await app?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Comes back at the same address with the same data. */
async function comeBack(secret: string, as: TestApp): Promise<TestApp> {
  await as.kill('SIGTERM');
  return startApp({ dataDir, port: as.port, env: { CROSSROADS_SECRET: secret } });
}

test('R4 T4 under another secret a round is stuck, says so and lets the room go on; the former secret brings its result', async () => {
  const [former, other] = [`former ${TEST_SECRET}`, `another ${TEST_SECRET}`];
  app = await startApp({ dataDir, env: { CROSSROADS_SECRET: former } });
  const { code, host: key } = await createSession(app.url);
  const host = await connectHost(app.url, key);
  const phones = await connectPeople(app.url, code, 5);
  await goTo(host, 'myth', 'open');
  for (const [index, phone] of phones.entries()) {
    await phone.until((view) => view.round?.status === 'open');
    expect(await vote(phone, { cell: index % 3 })).toMatchObject({ ok: true });
  }

  for (const face of [host, ...phones]) face.close();

  app = await comeBack(other, app);
  const meanwhile = await connectHost(app.url, key);
  await pressNext(meanwhile);
  expect(meanwhile.view().cursor.stage).toBe('closed');
  expect(meanwhile.view()).toMatchObject({ stuck: true, release: null });
  // Nothing is published, and nobody is held up.
  await pressNext(meanwhile);
  expect(meanwhile.view().cursor.stage).toBe('shown');
  expect(meanwhile.view().slide).toMatchObject({ release: null });
  meanwhile.close();

  app = await comeBack(former, app);
  const after = await connectHost(app.url, key);
  expect(after.view()).toMatchObject({ stuck: false, release: { main: { n: 5 } } });
  after.close();
});

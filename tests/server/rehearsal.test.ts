/** A rehearsal is one for good, says so to everybody, and lets a whole simulated room in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ack, RoomReply } from '#protocol/messages.ts';
import type { Report } from '#protocol/report.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { connectHost, connectPeople, connectScreen, createSession, post } from '../setup/room.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const look = async (code: string) =>
  (await (await fetch(`${app.url}/api/rooms/${code}`)).json()) as Ack<RoomReply>;

/** Every face of a session, and what each says of it. */
async function faces(made: { code: string; host: string; screen: string }) {
  const host = await connectHost(app.url, made.host);
  const screen = await connectScreen(app.url, made.screen);
  const [phone] = await connectPeople(app.url, made.code, 1);
  const asked = (await host.socket.timeout(5000).emitWithAck('report')) as Ack<{ report: Report }>;
  const report = asked.ok ? asked.report.rehearsal : null;
  const room = await look(made.code);
  const said = [
    host.view().rehearsal,
    screen.view().rehearsal,
    phone?.view().rehearsal,
    report,
    room.ok && room.rehearsal,
  ];
  return { host, said, close: () => [host, screen, phone].forEach((face) => face?.close()) };
}

test('every face of a rehearsal says that it is one, also after a crash; of a session none does', async () => {
  const rehearsal = await createSession(app.url, { rehearsal: true });
  const session = await createSession(app.url);
  for (const round of ['before', 'after']) {
    const [one, other] = [await faces(rehearsal), await faces(session)];
    expect(one.said, round).toEqual([true, true, true, true, true]);
    expect(other.said, round).toEqual([false, false, false, false, false]);
    one.close();
    other.close();
    await app.restart();
  }
});

test('nothing turns a session into a rehearsal, or back', async () => {
  const made = await createSession(app.url);
  const { host, close } = await faces(made);
  const wish = { do: 'rehearsal', rehearsal: true } as never;
  expect(await host.socket.timeout(5000).emitWithAck('command', wish)).toMatchObject({ ok: false });
  const odd = { workshop: 'staff-or-em', language: 'en', plan: 'full', policy: 'standard' };
  const { reply } = await post(`${app.url}/api/sessions`, { ...odd, rehearsal: 'perhaps' });
  expect(reply).toEqual({ ok: false, reason: 'malformed' });
  expect((await look(made.code)) as object).toMatchObject({ rehearsal: false });
  close();
});

test('S1 S2 sixty people from one address come in within seconds, and stay', async () => {
  const { code, host: key } = await createSession(app.url, { rehearsal: true });
  const people = await connectPeople(app.url, code, 60);
  const host = await connectHost(app.url, key);
  await host.until(({ counts }) => counts.seats === 60).catch(() => undefined);
  const synced = (await host.socket.timeout(5000).emitWithAck('sync')) as unknown as {
    view: { counts: { present: number; seats: number } };
  };
  expect(synced.view.counts).toMatchObject({ present: 60, seats: 60 });
  expect(people.every(({ socket }) => socket.connected)).toBe(true);
  [host, ...people].forEach((face) => face.close());
});

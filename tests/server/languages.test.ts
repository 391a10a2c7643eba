/** One room, several languages: each phone reads its own, and all count as one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, startEngine, type Engine } from '../setup/engines.ts';
import {
  connectHost,
  connectScreen,
  connectSeat,
  createSession,
  goTo,
  joinSeat,
  pressNext,
  vote,
} from '../setup/room.ts';

describe.each(ENGINES)('languages on the %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine(name);
  });
  afterAll(() => engine.stop());

  const phone = async (code: string, language?: string) =>
    connectSeat(engine.app.url, (await joinSeat(engine.app.url, code)).seat, language);

  test('R3 each phone reads its own language, of every view; the host and the wall read the session’s', async () => {
    const { url } = engine.app;
    const made = await createSession(url, { language: 'de' });
    const host = await connectHost(url, made.host);
    const screen = await connectScreen(url, made.screen);
    const [english, austrian, french, silent] = await Promise.all([
      phone(made.code, 'en'),
      phone(made.code, 'de-AT'),
      phone(made.code, 'fr'),
      phone(made.code),
    ]);
    const { slide } = await goTo(host, 'poll', 'open');
    const titles = async (face: typeof english) =>
      (await face.until(({ round }) => round?.status === 'open')).slide.title;
    expect(host.view().workshop).toMatchObject({ language: 'de', languages: ['de', 'en'] });
    expect(await titles(austrian)).toBe(slide.title);
    expect(await titles(french)).toBe(slide.title);
    expect(await titles(silent)).toBe(slide.title);
    expect(screen.view().slide.title).toBe(slide.title);
    expect(await titles(english)).not.toBe(slide.title);
    expect(english.view().workshop.language).toBe('en');
    expect(english.view().workshop.poles.map(({ id }) => id)).toEqual(
      host.view().workshop.poles.map(({ id }) => id),
    );

    const five = await phone(made.code, 'en');
    for (const face of [english, austrian, french, silent, five])
      expect(await vote(face, { cell: 1 })).toMatchObject({ ok: true });
    await pressNext(host);
    await pressNext(host);
    const shown = await english.until(({ cursor }) => cursor.stage === 'shown');
    expect(shown.slide).toMatchObject({ release: host.view().release });
    const reply: unknown = await english.socket.timeout(5000).emitWithAck('sync');
    expect(reply).toMatchObject({ view: { workshop: { language: 'en' } } });
    for (const face of [host, screen, english, austrian, french, silent, five]) face.close();
  });

  test('what is read before joining comes in the asked language', async () => {
    const { url } = engine.app;
    const { code } = await createSession(url, { language: 'en' });
    const look = async (query: string) =>
      (await (await fetch(`${url}/api/rooms/${code}${query}`)).json()) as { title: string };
    const english = await look('');
    expect(await look('?language=xx')).toEqual(english);
    expect(await look('?language=de')).toMatchObject({ language: 'de', languages: ['en', 'de'] });
    expect((await look('?language=de')).title).not.toBe(english.title);
    expect(await look('?language=de&language=en')).toEqual(english);
  });
});

/** What a phone fetches of a workshop without a room: content alone, the same for everyone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoomReply } from '#protocol/messages.ts';
import type { Workbook } from '#protocol/workbook.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { createSession } from '../setup/room.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/workshops/${path}`, { headers });

describe('GET /api/workshops/:id/:language', () => {
  test('the assessment, the guide, and nothing of the facilitator', async () => {
    const response = await get('staff-or-em/en');
    const text = await response.text();
    const workbook = JSON.parse(text) as Workbook;
    expect(workbook).toMatchObject({ id: 'staff-or-em', language: 'en' });
    expect(workbook.assessments[0]?.statements).toHaveLength(12);
    expect(workbook.guide?.audit.activities.length).toBeGreaterThan(4);
    expect(text).not.toMatch(/"notes"|"cue"|"minutes"|"topics"/);
  });

  test('may be kept: a copy is asked for again by its tag alone', async () => {
    const first = await get('staff-or-em/en');
    await first.text();
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    // As browsers ask: Node's own fetch would refuse any copy.
    const asked = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const again = await get('staff-or-em/en', asked);
    expect(again.status).toBe(304);
  });

  test.each(['nowhere/en', 'staff-or-em/xx', 'staff-or-em/..%2fen', '__proto__/en'])(
    'no such workshop or language: %s',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({ ok: false, reason: 'malformed' });
    },
  );

  test('a room names the workshop that its phones look up', async () => {
    const { code } = await createSession(app.url);
    const room = (await (await fetch(`${app.url}/api/rooms/${code}`)).json()) as RoomReply;
    expect(room.workshop).toBe('staff-or-em');
  });
});

import { describe, expect, test } from 'vitest';
import { toJson } from '$lib/export/json';
import { newRecord, storageKey } from '../../../src/lib/seat/record.ts';
import { PhoneStorage } from '../../../src/lib/seat/storage.ts';
import { begin, listed, openFile, putFile, remove } from '$lib/solo/shelf';
import { assessment, LEANS_STAFF, takeHome, workbook } from '../export/summaries.ts';

/** Without a browser's storage it keeps everything in memory: the same calls, the same answers. */
function device() {
  return new PhoneStorage(null);
}

function answerAll(storage: PhoneStorage, code: string) {
  const record = storage.read(storageKey(code)) as ReturnType<typeof newRecord>;
  const kept = { slide: assessment, answers: LEANS_STAFF, at: 11, phase: 'done' as const };
  storage.write(storageKey(code), {
    ...record,
    assessments: { [assessment.question]: kept },
  });
}

describe('the results on a device', () => {
  test('a run is listed from its first moment, and has a summary when it is finished', () => {
    const storage = device();
    const code = begin(storage, workbook);
    expect(listed(storage)).toMatchObject([
      { from: 'solo', code, live: false, title: workbook.title, takeHome: null },
    ]);
    answerAll(storage, code);
    expect(listed(storage)[0]?.takeHome).toMatchObject({ lean: 1, workshopId: 'staff-or-em' });
  });

  test('rooms are listed beside them; one that still runs says so', () => {
    const storage = device();
    const room = {
      ...newRecord('K7M2QX'),
      credential: 'x',
      title: 'Room',
      day: '2026-05-12',
      poles: workbook.poles,
    };
    storage.write(storageKey('K7M2QX'), room);
    expect(listed(storage)).toEqual([]);
    answerAll(storage, 'K7M2QX');
    begin(storage, workbook);
    expect(listed(storage).map(({ from, live }) => [from, live])).toEqual([
      ['solo', false],
      ['room', true],
    ]);
  });

  test('a file is kept, once, until it is deleted', () => {
    const storage = device();
    const json = toJson(takeHome({ date: '2020-01-01' }));
    const entry = putFile(storage, json);
    putFile(storage, json.replaceAll('  ', ' '));
    expect(listed(storage)).toMatchObject([{ id: entry.id, from: 'file', day: '2020-01-01' }]);
    remove(storage, entry);
    expect(listed(storage)).toEqual([]);
  });

  test.each([
    ['damaged', '{'],
    ['foreign', '{"a": 1}'],
    ['newer', toJson(takeHome()).replace('"crossroads": 2', '"crossroads": 3')],
  ])('a %s file changes nothing', async (_, json) => {
    const storage = device();
    begin(storage, workbook);
    await expect(openFile(storage, new File([json], 'a.json'))).rejects.toThrow(/\w+/);
    expect(listed(storage)).toHaveLength(1);
  });

  test('a file that is far too large is not even read', async () => {
    const file = new File([' '.repeat(1_000_001), toJson(takeHome())], 'a.json');
    await expect(openFile(device(), file)).rejects.toThrow('it is not JSON');
  });

  test('what cannot be read any more is passed over', () => {
    const storage = device();
    storage.write('file.x', { json: 'broken', since: 1 });
    storage.write('seat.solo-x', { format: 1 });
    expect(listed(storage)).toEqual([]);
  });

  test('deleting a run removes all of it', () => {
    const storage = device();
    begin(storage, workbook);
    for (const entry of listed(storage)) remove(storage, entry);
    expect(storage.keys('')).toEqual([]);
  });
});

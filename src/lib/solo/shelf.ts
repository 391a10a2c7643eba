/**
 * The results on this device: of runs without a room, of rooms, and of summaries opened from a
 * file. They lie in the device's own storage and nowhere else (DISC-12).
 */
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { parseTakeHome } from '$lib/export/json.ts';
import { MalformedTakeHome } from '$lib/export/fields.ts';
import type { TakeHome } from '$lib/export/take-home.ts';
import { randomId } from '$lib/seat/random.ts';
import { newRecord, readRecord, storageKey, today } from '$lib/seat/record.ts';
import type { PhoneStorage } from '$lib/seat/storage.ts';
import { takeHomeOf } from '$lib/seat/taken.ts';
import { toldOf, workbooksOf } from '$lib/seat/told.ts';
import type { Workbook } from '#protocol/workbook.ts';

const SEATS = 'seat.';
const FILES = 'file.';
const SOLO = 'solo-';
/** Ours have about 10 kB. */
const LARGEST_BYTES = 1_000_000;

export interface Entry {
  /** Names it on this device. */
  id: string;
  from: 'solo' | 'room' | 'file';
  /** Of a seat: what its page is found by. */
  code: string | null;
  /** A room that still runs: its seat would be given up with it. */
  live: boolean;
  /** When it came to be, ms since 1970. */
  since: number;
  title: string;
  /** `2026-11-23` */
  day: string;
  /** null: not finished yet. */
  takeHome: TakeHome | null;
}

/** @returns newest first */
export function listed(storage: PhoneStorage): Entry[] {
  const entries = [...seats(storage), ...files(storage)];
  return entries.sort((a, b) => (a.day === b.day ? b.since - a.since : a.day < b.day ? 1 : -1));
}

/** Starts a run with the workbook's first assessment. @returns its code */
export function begin(storage: PhoneStorage, workbook: Workbook): string {
  const code = SOLO + randomId();
  const { id: workshop, title, language, poles, assessments } = workbook;
  const kept = assessments.slice(0, 1).map((slide) => {
    const fresh = { slide, language, answers: {}, at: 0, phase: 'statements' as const };
    return [slide.question, fresh] as const;
  });
  const known = { workshop, title, language, spoken: getLocale(), poles, day: today() };
  storage.write(storageKey(code), {
    ...newRecord(code),
    ...known,
    assessments: Object.fromEntries(kept),
  });
  return code;
}

/**
 * Puts a summary from a file beside the others; the same one twice is kept once.
 * @throws MalformedTakeHome whose message says what is wrong; nothing is changed then
 */
export function putFile(storage: PhoneStorage, json: string): Entry {
  const takeHome = parseTakeHome(json);
  const text = JSON.stringify(takeHome);
  const known = files(storage).find((entry) => JSON.stringify(entry.takeHome) === text);
  if (known) return known;
  const key = FILES + randomId();
  const since = Date.now();
  storage.write(key, { json, since });
  return fileEntry(key, takeHome, since);
}

/** Reads a file that somebody chose. @throws MalformedTakeHome as `putFile` */
export async function openFile(storage: PhoneStorage, file: File): Promise<Entry> {
  // What is far too large is none of ours, and would stop a small phone.
  return putFile(storage, file.size > LARGEST_BYTES ? '' : await file.text());
}

/** Removes an entry; of a seat the whole record. */
export function remove(storage: PhoneStorage, { id, code }: Entry): void {
  storage.remove(code === null ? id : storageKey(code));
}

function seats(storage: PhoneStorage): Entry[] {
  return storage.keys(SEATS).flatMap((key): Entry[] => {
    const code = key.slice(SEATS.length);
    const record = readRecord(storage.read(key), code);
    if (!record) return [];
    const workbooks = workbooksOf(record, storage);
    const { since, day, credential, ended } = record;
    const solo = code.startsWith(SOLO);
    return Object.values(record.assessments).map((kept) => ({
      id: `${key}/${kept.slide.question}`,
      from: solo ? 'solo' : 'room',
      code,
      live: credential !== null && ended === null,
      since,
      title: toldOf(record, kept, workbooks)?.title ?? record.title,
      day,
      takeHome: takeHomeOf(record, kept, workbooks),
    }));
  });
}

function files(storage: PhoneStorage): Entry[] {
  return storage.keys(FILES).flatMap((key) => {
    const found = storage.read(key) as { json?: unknown; since?: unknown } | null;
    try {
      const takeHome = parseTakeHome(String(found?.json));
      return [fileEntry(key, takeHome, Number(found?.since) || 0)];
    } catch (error) {
      if (error instanceof MalformedTakeHome) return [];
      throw error;
    }
  });
}

function fileEntry(key: string, takeHome: TakeHome, since: number): Entry {
  const { workshop: title, date: day } = takeHome;
  return { id: key, from: 'file', code: null, live: false, since, title, day, takeHome };
}

/**
 * A workshop's workbook on this phone: fetched when it is first needed, then kept, so that result
 * and plan go on without a network and after the session was deleted. It holds content only.
 */
import type { Workbook } from '#protocol/workbook.ts';
import type { PhoneStorage } from './storage.ts';

const PREFIX = 'workbook.';
const TIMEOUT_MS = 8000;

/** @returns what this phone keeps; null when it keeps none */
export function keptWorkbook(storage: PhoneStorage, id: string, language: string): Workbook | null {
  const found = storage.read(keyOf(id, language)) as Partial<Workbook> | null;
  const ours = found?.id === id && found.language === language && Array.isArray(found.assessments);
  return ours ? (found as Workbook) : null;
}

export function keptWorkbooks(storage: PhoneStorage): Workbook[] {
  return storage.keys(PREFIX).flatMap((key) => {
    const [id = '', language = ''] = key.slice(PREFIX.length).split('/');
    return keptWorkbook(storage, id, language) ?? [];
  });
}

/** Asks the server and keeps its answer. Never throws; null when there is none, now or at all. */
export async function fetchWorkbook(
  storage: PhoneStorage,
  id: string,
  language: string,
): Promise<Workbook | null> {
  try {
    const address = `/api/workshops/${encodeURIComponent(id)}/${encodeURIComponent(language)}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return null;
    const workbook = (await response.json()) as Workbook;
    storage.write(keyOf(id, language), workbook);
    return workbook;
  } catch {
    return null;
  }
}

function keyOf(id: string, language: string): string {
  return `${PREFIX}${id}/${language}`;
}

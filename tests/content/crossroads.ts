/** The workshop that the product ships, as the tests of its content look at it. */
import { readFile } from 'node:fs/promises';
import type { Workshop } from '#protocol/workshop.ts';
import { loadContent, workshopFor } from '#server/content.ts';
import { readTopics } from '#server/content/topics.ts';

export const installed = await loadContent('content');
export const ID = 'staff-or-em';
export const languages = ['en', 'de'];
const read = readTopics(
  'content/topics.yaml',
  await readFile('content/topics.yaml', { encoding: 'utf8' }),
);
if (read.problems.length > 0) throw new Error('topics.yaml cannot be read');
export const topics = read.topics;

export function plan(id: string, language = 'en'): Workshop {
  const workshop = workshopFor(installed, ID, language, id);
  if (!workshop) throw new Error(`no plan ${id}`);
  return workshop;
}

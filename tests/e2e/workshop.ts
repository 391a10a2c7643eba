/** The workshop as the server loads it, so that no test repeats its words. */
import { fileURLToPath } from 'node:url';
import { loadContent, workshopFor } from '#server/content.ts';
import type { Step } from '#slides/kinds.ts';
import type { Workshop } from '#protocol/workshop.ts';

const CONTENT = fileURLToPath(new URL('../../content', import.meta.url));

export async function workshop(): Promise<Workshop> {
  const found = workshopFor(await loadContent(CONTENT), 'staff-or-em', 'en', 'full');
  if (!found) throw new Error('the workshop is not installed');
  return found;
}

/** The first step of a kind. */
export async function stepOf<Name extends Step['kind']>(
  kind: Name,
): Promise<Extract<Step, { kind: Name }>> {
  const step = (await workshop()).steps.find((each) => each.kind === kind);
  if (!step) throw new Error(`the workshop has no ${kind}`);
  return step as Extract<Step, { kind: Name }>;
}

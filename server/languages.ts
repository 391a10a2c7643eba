/** Which of a workshop's languages somebody reads. */
import type { Workshop } from '#protocol/workshop.ts';

/** A session's workshop in its own language, and in the others that it was made with. */
export interface InLanguages {
  workshop: Workshop;
  translations: readonly Workshop[];
}

/**
 * @param wanted a BCP 47 tag such as `de-AT`; null: the session's own language
 * @returns the workshop in that language, else in one with the same first part (`de`), else in its own
 */
export function inLanguage(
  { workshop, translations }: InLanguages,
  wanted: string | null,
): Workshop {
  const all = [workshop, ...translations];
  const part = primary(wanted ?? workshop.language);
  return (
    all.find(({ language }) => language === wanted) ??
    all.find(({ language }) => primary(language) === part) ??
    workshop
  );
}

/** The languages of a session by their tags, its own first. */
export function languagesOf({ workshop, translations }: InLanguages): string[] {
  return [workshop, ...translations].map(({ language }) => language);
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase();

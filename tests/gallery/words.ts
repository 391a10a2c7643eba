/** The interface's own words, so that an act finds its button in every language. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../src/lib/i18n/messages/', import.meta.url);

/** @throws if the language has no such text */
export type Words = (key: string) => string;

/** @throws if there are no texts in this language */
export function wordsIn(language: string): Words {
  const texts = JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Record<
    string,
    string
  >;
  return (key) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`no text ${key} in ${language}`);
    return text;
  };
}

/**
 * Room codes: what a server may draw and what a hurried person may type. The alphabet has no vowels
 * (no words), nothing that is easily misread on a wall, and 24 characters: six make 191 million (S1).
 */

export const CODE_ALPHABET = '23456789CDFGHJKMNPQRTVWX';
export const CODE_LENGTH = 6;

/** Characters that are not in the alphabet, and the one they were most likely read from. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2', U: 'V' };

/**
 * A code as somebody typed or pasted it, in the one form that is looked up.
 * @returns six characters of CODE_ALPHABET, or null when `typed` cannot be a code
 */
export function normaliseCode(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}_.]/gu, '');
  const code = Array.from(letters, (letter) => LOOK_ALIKES[letter] ?? letter);
  const possible =
    code.length === CODE_LENGTH && code.every((letter) => CODE_ALPHABET.includes(letter));
  return possible ? code.join('') : null;
}

/** The code in two groups, as it is shown and read aloud: `K7M 2QX`. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** Randomness that also works on plain http, where `crypto.subtle` is missing. */

/** 16 random bytes in base64url: 22 characters, as the wire wants its nonces. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

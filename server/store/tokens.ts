/** Secrets in clear are handed out once; only their hash is kept (S3). */
import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '#core/code.ts';

/** @returns base64url */
export function newToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** A room code; whether it is free is for the look-ups to say (S1). */
export function newCode(): string {
  const letter = () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)] ?? '';
  return Array.from({ length: CODE_LENGTH }, letter).join('');
}

/** SHA-256 in base64url. Of a token with 256 random bits: there is nothing to stretch. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** In constant time. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

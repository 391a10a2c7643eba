/** All that may ever be written down of a session: anything else is a finding (T11, DISC-11). */
import { releaseSchema } from '#slides/kind.ts';
import type { Entry } from './at-rest.ts';

const ID = '[a-z][a-z0-9.-]*';
const SID = '[\\w-]{22}';
const SEAT = '[\\w-]{43}';
const NODE = '[\\w-]{12}';
const MS = '\\d{13}';
const SESSION = `cr:\\{${SID}\\}:`;
/** Eight digits of version, the hash of a nonce, a sealed ballot. */
const RECORD = `\\d{8}\\|${SEAT}\\|[\\w-]{102}`;
const LOOKUP = `cr:(code:[0-9A-Z]{6}|qr:${SID})`;

const FORMS = [
  'SELECT 0',
  'MULTI',
  'EXEC',
  `H(M?)SET ${SESSION}meta( (json META|code [0-9A-Z]{6}|qr ${SID}|host ${SEAT}|screen ${SEAT}))+`,
  `H(M?)SET ${SESSION}state( (json STATE|rev \\d+|open (${ID})?|locked [01]|exp ${MS}|tickAt (${MS}|0)|present \\d+|seats \\d+|answered \\d*|told [\\d ]*))+`,
  `H(M?)SET ${SESSION}releases( ${ID} RELEASE)+`,
  `H(M?)SET ${SESSION}ballots:${ID}( ${SEAT} ${RECORD})+`,
  `ZADD ${SESSION}counted:${ID}( \\d+ ${SEAT})+`,
  `ZADD ${SESSION}(seats|present:${NODE})( 0 ${SEAT})+`,
  `ZREM ${SESSION}present:${NODE} ${SEAT}`,
  `SADD ${SESSION}nodes( ${NODE})+`,
  `SREM ${SESSION}nodes ${NODE}`,
  `SADD ${SESSION}names( (ballots|counted):${ID})+`,
  `ZADD cr:live( XX)?( ${MS} ${SID})+`,
  `ZREM cr:live ${SID}`,
  `SET ${LOOKUP} ${SID}( PXAT ${MS})?( NX)?`,
  `PEXPIREAT (${LOOKUP}|cr:live|${SESSION}[\\w:.-]+) ${MS}`,
  `(DEL|UNLINK)( (${LOOKUP}|cr:live|${SESSION}[\\w:.-]+))+`,
].map((form) => new RegExp(`^${form}$`));

/** @returns what is wrong with a command of the append-only file, or null */
export function misfit(command: readonly string[]): string | null {
  const words = command.map((word) => (word.startsWith('{') ? kindOf(word) : word));
  const line = words.join(' ');
  return FORMS.some((form) => form.test(line)) ? null : line.slice(0, 300);
}

/** A key as the command that would make it. */
export function asCommand({ key, type, values }: Entry): string[] {
  const swapped = values.flatMap((value, at) =>
    at % 2 === 0 ? [values[at + 1] ?? '', value] : [],
  );
  const forms: Record<string, string[]> = {
    string: ['SET', key, ...values],
    hash: ['HSET', key, ...values],
    set: ['SADD', key, ...values],
    zset: ['ZADD', key, ...swapped],
  };
  return forms[type] ?? [type, key];
}

/** Which of the three texts that are kept this is; or all of it, when it is none of them. */
function kindOf(json: string): string {
  const value = JSON.parse(json) as Record<string, unknown>;
  if (releaseSchema.safeParse(value).success) return 'RELEASE';
  const keys = Object.keys(value).sort().join(' ');
  if ('revision' in value && isOfIds(value)) return 'STATE';
  if (keys === 'code operator origin policy qr rehearsal translations workshop') return 'META';
  return json;
}

/** Numbers, switches, and ids of the workshop: nothing that a person wrote. */
function isOfIds(value: unknown): boolean {
  if (typeof value === 'string') return new RegExp(`^${ID}$`).test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, own]) => /^[\w.-]+$/.test(key) && isOfIds(own));
}

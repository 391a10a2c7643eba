/** Frames that no client should send: nearly right ones, broken ones, and bytes. */
import { randomBytes } from 'node:crypto';
import type { Chance } from '../faults/chance.ts';
import { encode } from './wire.ts';

export type Kind = 'grammar' | 'mutated' | 'raw bytes';

const STRINGS = [
  '',
  'a',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '"',
  '<script>',
  'x'.repeat(300),
] as const;
const NUMBERS = [0, -1, 1, 99_999_999, 1e308, -0.5, NaN, 2 ** 53] as const;
const COMMANDS = ['ballot', 'command', 'end', 'report', 'sync'] as const;
/** Names that mean something to what the server is made of. */
const EVENTS = [
  'welcome',
  'connect',
  'disconnect',
  'disconnecting',
  'error',
  '__proto__',
  'newListener',
] as const;
const FIELDS = [
  'question',
  'version',
  'nonce',
  'choice',
  'do',
  'from',
  'to',
  'confirm',
  'code',
  'seconds',
  'locked',
  'toString',
] as const;
const NAMESPACES = ['', '/', '/admin,', '/,', '/%00,'] as const;

/** @returns bytes to write to a WebSocket's TCP connection */
export function frameOf(kind: Kind, of: Chance): Buffer {
  switch (kind) {
    case 'grammar':
      return encode(1, Buffer.from(packet(of)));
    case 'mutated': {
      const bytes = Buffer.from(packet(of));
      for (let flips = 1 + of.whole(4); flips > 0 && bytes.length > 0; flips--)
        bytes[of.whole(bytes.length)] = of.whole(256);
      return encode(
        of.pick([1, 1, 1, 2, 0]),
        bytes.subarray(0, 1 + of.whole(bytes.length)),
        of.happens(0.9),
      );
    }
    case 'raw bytes':
      return of.happens(0.5)
        ? randomBytes(1 + of.whole(200))
        : encode(of.whole(16), randomBytes(of.whole(200)), of.happens(0.7));
  }
}

/** Engine.IO and Socket.IO packets, most of them events. */
function packet(of: Chance): string {
  if (of.happens(0.03)) return of.pick(['0', '1', '2', '3', '5', '6', '7', 'b', '2probe', '']);
  const type = of.happens(0.95) ? 2 : of.whole(8);
  const space = of.happens(0.97) ? '' : of.pick(NAMESPACES);
  const id = of.happens(0.95) ? String(of.whole(1_000)) : '';
  if (type === 0) return `40${space}${JSON.stringify(value(of, 3))}`;
  const args = [
    of.happens(0.95) ? of.pick(COMMANDS) : of.pick(EVENTS),
    ...(of.happens(0.9) ? [payload(of)] : []),
  ];
  return `4${type}${space}${id}${JSON.stringify(of.happens(0.95) ? args : value(of, 3))}`;
}

/** Nearly what the product sends. */
function payload(of: Chance): unknown {
  const cell = of.happens(0.7) ? of.whole(10) : value(of, 1);
  const version = of.happens(0.7) ? 1 + of.whole(9) : value(of, 1);
  const nonce = of.happens(0.7) ? randomBytes(16).toString('base64url') : value(of, 1);
  const cursor = {
    step: of.pick(['myth-depth', 'welcome', ...STRINGS]),
    stage: of.pick(['open', 'closed', ...STRINGS]),
  };
  return of.pick<() => unknown>([
    () => ({ question: of.pick(['myth-depth', ...STRINGS]), version, nonce, choice: { cell } }),
    () => ({ do: 'move', from: cursor, to: cursor, confirm: value(of, 0) }),
    () => ({
      do: of.pick(['lock', 'timer', ...STRINGS]),
      locked: value(of, 0),
      seconds: value(of, 0),
    }),
    () => ({ code: value(of, 1) }),
    () => value(of, 4),
  ])();
}

function value(of: Chance, depth: number): unknown {
  const kind = of.whole(depth > 0 ? 6 : 4);
  if (kind === 0) return of.pick(STRINGS);
  if (kind === 1) return of.pick(NUMBERS);
  if (kind === 2) return of.happens(0.5);
  if (kind === 3) return null;
  const size = of.whole(4);
  if (kind === 4) return Array.from({ length: size }, () => value(of, depth - 1));
  return JSON.parse(
    `{${Array.from({ length: size }, () => `${JSON.stringify(of.pick([...FIELDS, ...STRINGS]))}:${JSON.stringify(value(of, depth - 1))}`).join()}}`,
  );
}

/** DISC-11: what lies at rest can neither be read, moved nor told apart. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Choice } from '#core/round.ts';
import { createSealer, type Binding } from '#server/seal.ts';

const SECRET = 'a secret for tests only, long enough to be one';
const binding: Binding = { sid: 'session', question: 'lean', seat: 'seat', version: 7 };
const sealer = createSealer(SECRET);

const single = fc.record({ cell: fc.nat(4) });
const assessment = fc.record({
  lean: fc.nat(4),
  marks: fc.array(fc.nat(2), { minLength: 2, maxLength: 40 }),
});
const choice: fc.Arbitrary<Choice> = fc.oneof(single, assessment);

describe('sealed ballots', () => {
  test('DISC-11 every choice opens to itself, and all are sealed to one length', () => {
    const { length } = sealer.seal({ cell: 0 }, binding);
    fc.assert(
      fc.property(choice, fc.integer({ min: 1, max: 99_999_999 }), (chosen, version) => {
        const sealed = sealer.seal(chosen, { ...binding, version });
        expect(sealed).toHaveLength(length);
        expect(sealed).toMatch(/^[\w-]+$/);
        expect(sealer.open(sealed, { ...binding, version })).toEqual(chosen);
      }),
    );
  });

  test('DISC-11 the same choice sealed twice looks like two', () => {
    const sealed = new Set(Array.from({ length: 500 }, () => sealer.seal({ cell: 1 }, binding)));
    expect(sealed.size).toBe(500);
    expect(new Set([...sealed].map((text) => text.slice(0, 16))).size).toBe(500);
  });

  test.each([
    ['session', { sid: 'other' }],
    ['round', { question: 'myth' }],
    ['seat', { seat: 'other' }],
    ['version', { version: 8 }],
  ])('T6 a ballot of another %s does not open', (_, other) => {
    const sealed = sealer.seal({ cell: 3 }, binding);
    expect(() => sealer.open(sealed, { ...binding, ...other })).toThrow();
  });

  test('DISC-11 the parts of a binding cannot be shifted into each other', () => {
    const sealed = sealer.seal({ cell: 3 }, { ...binding, question: 'a.b', seat: 'c' });
    expect(() => sealer.open(sealed, { ...binding, question: 'a', seat: 'b.c' })).toThrow();
  });

  test('DISC-11 another secret opens nothing; another process with the same one does', () => {
    const sealed = sealer.seal({ cell: 3 }, binding);
    expect(() => createSealer(`${SECRET}!`).open(sealed, binding)).toThrow();
    expect(createSealer(SECRET).open(sealed, binding)).toEqual({ cell: 3 });
  });

  test('DISC-11 no single bit can be changed', () => {
    const bytes = Buffer.from(sealer.seal({ cell: 3 }, binding), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => sealer.open(changed.toString('base64url'), binding)).toThrow();
    }
    for (const cut of ['', 'AAAA', bytes.subarray(1).toString('base64url')])
      expect(() => sealer.open(cut, binding)).toThrow('wrong length');
  });
});

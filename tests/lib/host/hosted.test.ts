import { beforeEach, describe, expect, test } from 'vitest';
import {
  forgetHosted,
  keepHosted,
  readFragment,
  readHosted,
  recoveryFragment,
  type Hosted,
} from '../../../src/lib/host/hosted.ts';
import {
  credentialWith,
  linksOf,
  onlyHere,
  typedAddress,
  newToken,
} from '../../../src/lib/host/links.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_700_000_000_000;
const sid = 'S'.repeat(22);
const host = `${sid}.${'h'.repeat(43)}`;
const screen = `${sid}.${'s'.repeat(43)}`;
const session: Hosted = { code: 'K7M2QX', host, screen, title: 'Staff or EM?', since: NOW };

let kept: Map<string, string>;
const store = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
};
beforeEach(() => (kept = new Map()));

describe('R3: a device finds its sessions again', () => {
  test('newest first, without those that have expired', () => {
    keepHosted(store, { ...session, since: NOW - 29 * DAY });
    keepHosted(store, { ...session, code: 'WWWWWW', host: `${sid}.${'x'.repeat(43)}` });
    expect(readHosted(store, NOW).map(({ code }) => code)).toEqual(['WWWWWW', 'K7M2QX']);
    expect(readHosted(store, NOW + 2 * DAY).map(({ code }) => code)).toEqual(['WWWWWW']);
  });

  test('coming by a link that knows less loses neither projector link, title nor first day', () => {
    keepHosted(store, session);
    keepHosted(store, { code: 'K7M2QX', host, screen: null, title: '', since: NOW + DAY });
    expect(readHosted(store, NOW + DAY)).toEqual([session]);
  });

  test('a code that came round again belongs to its newest session alone', () => {
    keepHosted(store, session);
    const other = { ...session, host: `${sid}.${'y'.repeat(43)}`, screen: null };
    keepHosted(store, other);
    expect(readHosted(store, NOW)).toEqual([other]);
  });

  test('what was ended is forgotten', () => {
    keepHosted(store, session);
    forgetHosted(store, 'K7M2QX', NOW);
    expect(readHosted(store, NOW)).toEqual([]);
  });

  test.each(['', '{', '7', '[null, 7, {}]', JSON.stringify([{ ...session, host: 'short' }])])(
    'damaged storage (%s) is an empty list, not a broken page',
    (text) => {
      kept.set('crossroads.hosted', text);
      expect(readHosted(store, NOW)).toEqual([]);
      expect(keepHosted(store, session)).toBe(true);
      expect(readHosted(store, NOW)).toEqual([session]);
    },
  );

  test('a browser that keeps nothing says so', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(keepHosted(full, session)).toBe(false);
  });
});

describe('S3: credentials travel in the fragment', () => {
  test('a recovery link brings the projector’s credential along', () => {
    expect(readFragment(`#${recoveryFragment(session)}`)).toEqual({ host, screen });
    expect(readFragment(`#${host}`)).toEqual({ host, screen: null });
  });

  test.each(['', '#', '#help', `#${host}x`, `#${host}~${screen}~${screen}`, `#~${screen}`])(
    '%s is no credential',
    (hash) => {
      expect(readFragment(hash)).toBeNull();
    },
  );

  test('a broken projector part does not cost the console', () => {
    expect(readFragment(`#${host}~cut-off`)).toEqual({ host, screen: null });
  });

  test('links for other machines use the address that phones use', () => {
    const links = linksOf(session, 'http://192.168.1.20:3000/join/abc');
    expect(links).toEqual({
      recovery: `http://192.168.1.20:3000/host/K7M2QX#${host}~${screen}`,
      recoveryHere: `/host/K7M2QX#${host}~${screen}`,
      screen: `http://192.168.1.20:3000/screen/K7M2QX#${screen}`,
      screenHere: `/screen/K7M2QX#${screen}`,
    });
    expect(linksOf({ ...session, screen: null }, 'https://x.example/join/abc').screen).toBeNull();
  });

  test('S3 a new key has 256 bits, is a credential of the same session, and comes once', () => {
    const tokens = Array.from({ length: 200 }, newToken);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(tokens).size).toBe(200);
    const other = credentialWith(host, tokens[0]!);
    expect(readFragment(`#${other}`)).toEqual({ host: other, screen: null });
    expect(other.split('.')[0]).toBe(host.split('.')[0]);
  });

  test('an address that names this machine alone is noticed', () => {
    expect(onlyHere('http://localhost:3000/join/abc')).toBe(true);
    expect(onlyHere('http://127.0.0.1:3000/join/abc')).toBe(true);
    expect(onlyHere('http://192.168.1.20:3000/join/abc')).toBe(false);
    expect(typedAddress('http://192.168.1.20:3000/join/abc')).toBe('192.168.1.20:3000');
  });
});

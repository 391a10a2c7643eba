/**
 * The sessions this device hosts: their credentials stay in its own storage, so that a reload, a
 * new tab or tomorrow morning finds the console again. Other devices come by the recovery link.
 */
import { CODE_LENGTH, normaliseCode } from '#core/code.ts';

export interface Hosted {
  code: string;
  /** The host's credential, `<sid>.<token>`. */
  host: string;
  /** The screen's; null where only the host's is known. */
  screen: string | null;
  /** The workshop's title; empty until the first view has come. */
  title: string;
  /** When it was kept first on this device, ms since 1970. */
  since: number;
  /** A private run with simulated people. Absent where it is not known yet. */
  rehearsal?: boolean;
}

const KEY = 'crossroads.hosted';
/** A session lives 30 days at most: whatever is older leads nowhere. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const MOST = 20;
const CREDENTIAL = /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/;
/** Between the two credentials of a recovery link; no character of either. */
const BETWEEN = '~';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** This device's storage, or one that is empty and full at once where the browser refuses it. */
export function deviceStore(): Store {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: refuse };
  }
}

/** Newest first. @param now ms since 1970 */
export function readHosted(store: Store, now: number): Hosted[] {
  let found: unknown;
  try {
    found = JSON.parse(store.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(found)
    ? found.filter(isHosted).filter(({ since }) => now - since < LIFETIME_MS)
    : [];
}

/**
 * Keeps a session, or what became known of it later; a known screen credential is not lost.
 * @returns false where this browser keeps nothing: the address must then keep the credential
 */
export function keepHosted(store: Store, session: Hosted): boolean {
  const others = readHosted(store, session.since);
  const before = others.find(({ host }) => host === session.host);
  const kept: Hosted = {
    ...session,
    screen: session.screen ?? before?.screen ?? null,
    title: session.title || (before?.title ?? ''),
    since: before?.since ?? session.since,
  };
  return write(store, [kept, ...others.filter(({ code }) => code !== session.code)]);
}

export function forgetHosted(store: Store, code: string, now: number): void {
  write(
    store,
    readHosted(store, now).filter((session) => session.code !== code),
  );
}

/** What follows `#` in a recovery link: the host's credential and, where known, the screen's. */
export function recoveryFragment({ host, screen }: Pick<Hosted, 'host' | 'screen'>): string {
  return screen ? `${host}${BETWEEN}${screen}` : host;
}

/** @param hash as in `location.hash`; null when it holds no credential */
export function readFragment(hash: string): Pick<Hosted, 'host' | 'screen'> | null {
  const [host = '', screen = null, ...rest] = hash.replace(/^#/, '').split(BETWEEN);
  if (!CREDENTIAL.test(host) || rest.length > 0) return null;
  return { host, screen: screen !== null && CREDENTIAL.test(screen) ? screen : null };
}

function write(store: Store, sessions: Hosted[]): boolean {
  try {
    store.setItem(KEY, JSON.stringify(sessions.slice(0, MOST)));
    return true;
  } catch {
    return false;
  }
}

function refuse(): never {
  throw new DOMException('this browser keeps nothing', 'SecurityError');
}

function isHosted(value: unknown): value is Hosted {
  if (typeof value !== 'object' || value === null) return false;
  const { code, host, screen, title, since } = value as Partial<Record<keyof Hosted, unknown>>;
  return (
    typeof code === 'string' &&
    code.length === CODE_LENGTH &&
    normaliseCode(code) === code &&
    typeof host === 'string' &&
    CREDENTIAL.test(host) &&
    (screen === null || (typeof screen === 'string' && CREDENTIAL.test(screen))) &&
    typeof title === 'string' &&
    typeof since === 'number'
  );
}

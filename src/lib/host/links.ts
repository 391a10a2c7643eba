/** The links of a session. Credentials travel in the fragment, which no server and no log sees (S3). */
import { recoveryFragment, type Hosted } from './hosted.ts';

export interface Links {
  /** The console again, on any device. */
  recovery: string;
  /** The same in this browser. */
  recoveryHere: string;
  /** The projector, for another machine; null where its credential is not known. */
  screen: string | null;
  /** The same in this browser. */
  screenHere: string | null;
}

/**
 * Links for other machines start with the address that phones use: “localhost” leads nobody here.
 * @param joinUrl of the view
 */
export function linksOf(session: Hosted, joinUrl: string): Links {
  const { origin } = new URL(joinUrl);
  const screenHere = session.screen ? `/screen/${session.code}#${session.screen}` : null;
  const recoveryHere = `/host/${session.code}#${recoveryFragment(session)}`;
  return {
    recovery: origin + recoveryHere,
    recoveryHere,
    screen: screenHere && origin + screenHere,
    screenHere,
  };
}

/** A key for a new link: 256 bits, in base64url. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
}

/** Another credential for the same session. @param credential any of its own, `<sid>.<token>` */
export function credentialWith(credential: string, token: string): string {
  return `${credential.split('.')[0] ?? ''}.${token}`;
}

/** Where people type the code: the address without what they need not type. */
export function typedAddress(joinUrl: string): string {
  return new URL(joinUrl).host;
}

/** Whether a phone could not follow this link, because it names the machine itself. */
export function onlyHere(joinUrl: string): boolean {
  const { hostname } = new URL(joinUrl);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

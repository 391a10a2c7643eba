/**
 * The screen's key comes in the fragment, which no server and no log sees, and leaves the address
 * bar at once: the room sees the projector (S3). A reload finds it in this tab's storage.
 */
const KEY = 'crossroads.screen.';

/**
 * @param code of the room, as in the address
 * @returns the credential, or null when this tab was opened without the projector link
 */
export function takeCredential(code: string): string | null {
  const fragment = location.hash.slice(1);
  if (!fragment) return read(code);
  // Without storage the key stays where it is, so that a reload still works.
  if (!keepCredential(code, fragment)) return fragment;
  history.replaceState(history.state, '', location.pathname);
  return fragment;
}

/** @returns whether a reload of this tab will find it */
export function keepCredential(code: string, credential: string): boolean {
  try {
    sessionStorage.setItem(KEY + code, credential);
    return true;
  } catch {
    return false;
  }
}

function read(code: string): string | null {
  try {
    return sessionStorage.getItem(KEY + code);
  } catch {
    return null;
  }
}

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
  try {
    sessionStorage.setItem(KEY + code, fragment);
  } catch {
    // Without storage the key stays where it is, so that a reload still works.
    return fragment;
  }
  history.replaceState(history.state, '', location.pathname);
  return fragment;
}

function read(code: string): string | null {
  try {
    return sessionStorage.getItem(KEY + code);
  } catch {
    return null;
  }
}

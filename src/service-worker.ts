/// <reference lib="webworker" />
/**
 * Lets a phone open its own pages without network or server. Kept are the empty shells of the
 * participant's pages and the built files that they need, nothing else: answers live in the phone's
 * storage, and what is live (/api, /socket.io, host, screen) is neither kept nor answered from here.
 */
import { build, files, version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const NAME = `shell-${version}`;
const ASSETS = new Set([...build, ...files]);
/** Named by their content: one of another version is never taken for one of ours. */
const HASHED = '/_app/immutable/';
/** Where every page of this version starts; a shell names it. */
const START = build.find((path) => path.includes('/entry/start.'))?.slice(1) ?? '';
/** The pages are drawn in the browser: the shell of one room's page serves every room. */
const ROOM_SHELL = '/join/code';
const SHELLS = ['/join', ROOM_SHELL, '/privacy', '/solo'];
/** Slower than this, and what is kept is shown; the page says itself that it is offline. */
const PATIENCE_MS = 4000;

// At once: a phone's tab may stay open for hours. Until a page of this version has kept all of its
// own, what an earlier one kept is answered from here too (R5).
worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('message', (event) => {
  const { keep, of } = event.data as { keep: string[]; of: string };
  // A page of another version would mix its shell with this version's files.
  if (of === version) event.waitUntil(keepAll(keep));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (pathname.startsWith(HASHED) || ASSETS.has(pathname))
    event.respondWith(keptOrFetched(request));
  else if (request.mode === 'navigate' && shellOf(pathname) !== null)
    event.respondWith(fetchedOrShell(request, pathname));
});

/**
 * Files first, then the shells that need them, and only then the earlier versions go: there is never
 * half a page, and whatever fails leaves all as it was (R5).
 */
async function keepAll(paths: string[]): Promise<void> {
  const cache = await caches.open(NAME);
  const unless = async (path: string, keep: (path: string) => Promise<void>) => {
    if (!(await cache.match(path))) await keep(path);
  };
  const wanted = paths.filter((path) => ASSETS.has(path));
  await Promise.all(wanted.map((path) => unless(path, (file) => cache.add(file))));
  await Promise.all(
    SHELLS.map((path) =>
      unless(path, async (shell) => {
        const response = await fetch(shell);
        // In the middle of a deploy another node may answer with another version's shell.
        if (!(await response.clone().text()).includes(START)) throw new Error(`foreign ${shell}`);
        await cache.put(shell, response);
      }),
    ),
  );
  const earlier = (await caches.keys()).filter((name) => name !== NAME);
  await Promise.all(earlier.map((name) => caches.delete(name)));
}

async function keptOrFetched(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function fetchedOrShell(request: Request, pathname: string): Promise<Response> {
  const kept = await caches.match(shellOf(pathname) ?? pathname);
  if (!kept) return fetch(request);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.status < 500 ? response : kept;
  } catch {
    return kept;
  }
}

function shellOf(pathname: string): string | null {
  if (/^\/join\/[^/]+$/.test(pathname)) return ROOM_SHELL;
  return SHELLS.includes(pathname) ? pathname : null;
}

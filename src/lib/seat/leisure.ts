/**
 * When a phone fetches what only its owner's own taps lead to. Fetched at the tap, it would tell the
 * server, and every proxy before it, who has just finished (DISC-6): so it all comes at one moment
 * soon after the room has opened, and a tap that is faster waits for that moment.
 */

/** Not with the room itself, and not all phones of a room that has just opened at once. */
const EARLIEST_MS = 1000;
const SPREAD_MS = 3000;
/** A line that hangs must not keep anybody from what is on the phone. */
const LONGEST_MS = 15_000;

let moment: Promise<unknown> = Promise.resolve();

/** Resolves when what taps lead to has been fetched, or could not be; at once where there is no room. */
export function atLeisure(): Promise<unknown> {
  return moment;
}

/**
 * @param fetchAll may fail: a tap asks again, and then says so
 * @returns stops waiting
 */
export function fetchAtLeisure(fetchAll: () => Promise<unknown>): () => void {
  const kept = navigator.serviceWorker?.controller;
  const clocks: ReturnType<typeof setTimeout>[] = [];
  const after = (ms: number) =>
    new Promise<void>((resolve) => clocks.push(setTimeout(resolve, ms)));
  // A phone that keeps this page asks nobody: it need not wait.
  const fetched = after(kept ? 0 : EARLIEST_MS + SPREAD_MS * Math.random()).then(fetchAll);
  moment = Promise.race([fetched.catch(() => undefined), after(LONGEST_MS)]);
  return () => {
    clocks.forEach(clearTimeout);
    moment = Promise.resolve();
  };
}

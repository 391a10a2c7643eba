/**
 * Runs `pass` once after the other; whoever asks during one shares the next, for the present one may have
 * begun before what they wait for.
 * @returns asks for a pass: resolves, or rejects, with the first one that begins from now on
 */
export function sharedPass(pass: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= last.then(() => {
      next = null;
      return pass();
    });
    last = next.catch(() => undefined);
    return next;
  };
}

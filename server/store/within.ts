/** What is thrown by `within`. */
export class TookTooLong extends Error {}

/**
 * Rejects with TookTooLong when `answer` takes longer than `ms`; the late answer is dropped. An answer
 * that has arrived but could not be read yet, because this process itself was busy, is still taken.
 */
export async function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // Immediates run after sockets were read: two turns, as a reply wakes its waiter in the first.
    const giveUp = () => reject(new TookTooLong(`no answer within ${ms} ms`));
    timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

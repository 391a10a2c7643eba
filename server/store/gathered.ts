/**
 * What is asked while an answer is on its way is asked together when it has come: nobody waits when
 * there is little to do, and when everybody answers at once a round trip carries them all. A saturated
 * server stores a ballot for less CPU (`npm run bench -- ballots`).
 */

/** Bounds how long the store is busy with one call. */
const MOST = 256;

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * @param ask takes items of one key, in the order in which they came, to as many answers
 * @returns asks for one item; rejects as `ask` did for all that were asked with it
 */
export function gathered<Item, Answer>(
  ask: (key: string, items: Item[]) => Promise<Answer[]>,
): (key: string, item: Item) => Promise<Answer> {
  /** A key is there while an answer is on its way. */
  const queues = new Map<string, Waiting<Item, Answer>[]>();

  async function serve(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    while (queue.length > 0) {
      const taken = queue.splice(0, MOST);
      try {
        const answers = await ask(
          key,
          taken.map(({ item }) => item),
        );
        taken.forEach(({ resolve, reject }, index) => {
          const answer = answers[index];
          if (answer === undefined) reject(new RangeError('an item without an answer'));
          else resolve(answer);
        });
      } catch (error) {
        // Whoever waits behind it must not wait for a second failure of the same kind (within 2 s).
        for (const { reject } of [...taken, ...queue.splice(0)]) reject(error);
      }
    }
    queues.delete(key);
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const asked = { item, resolve, reject };
      const queue = queues.get(key);
      if (queue) {
        queue.push(asked);
        return;
      }
      const first = [asked];
      queues.set(key, first);
      void serve(key, first);
    });
}

/**
 * What is asked while an answer is on its way is asked together when it has come: nobody waits when
 * there is little to do, and when everybody answers at once a round trip carries them all. A saturated
 * server stores a ballot for less CPU (`npm run bench -- ballots`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from './store.ts';
import { TookTooLong, within } from './within.ts';

/** Bounds how long the store is busy with one call. */
const MOST = 256;
/** Counted from the asking: who waited for a slow call and then for its own is refused within 2 s too. */
const ASKED_MS = 1_800;

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * @param ask takes items of one key, in the order in which they came, to as many answers
 * @param ms how long one may wait for its answer; null: `ask` knows by itself
 * @param every calls begin only so often, in ms, on a grid that all keys share: a wait that began with
 *   somebody's item would tell the next who comes how long ago that was
 * @returns asks for one item; rejects as `ask` did for all that were asked with it, and with
 *   StoreUnavailable after `ms`
 */
export function gathered<Item, Answer>(
  ask: (key: string, items: Item[]) => Promise<Answer[]>,
  ms: number | null = ASKED_MS,
  every = 0,
): (key: string, item: Item) => Promise<Answer> {
  /** A key is there while an answer is on its way. */
  const queues = new Map<string, Waiting<Item, Answer>[]>();

  async function serve(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    while (queue.length > 0) {
      if (every > 0 && queue.length < MOST) await sleep(every - (performance.now() % every));
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
        // Theirs alone: what hiccups once must not refuse everybody who has come meanwhile.
        for (const { reject } of taken) reject(error);
      }
    }
    queues.delete(key);
  }

  const inTurn = (key: string, item: Item) =>
    new Promise<Answer>((resolve, reject) => {
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

  if (ms === null) return inTurn;
  return (key, item) =>
    within(inTurn(key, item), ms).catch((error: unknown) => {
      throw error instanceof TookTooLong ? new StoreUnavailable('the store is slow') : error;
    });
}

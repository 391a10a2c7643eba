/** Who is here, over all nodes, and the counts that everybody sees. */
import type { StoreClient } from './client.ts';
import { keysOf } from './keys.ts';
import { countsOf } from './replies.ts';
import type { Store } from './store.ts';

/** DISC-6 */
const TICK_MS = 5_000;
/** The seats of a node that died are forgotten after this; it says that it lives every 20 s. */
const PRESENCE_S = 45;
const SEATS_PER_COMMAND = 1_000;

type Presence = Pick<Store, 'tick' | 'arrive' | 'leave' | 'keepPresent'>;

export function presenceIn({ script, command, epoch }: StoreClient): Presence {
  async function present(sid: string, node: string, seats: readonly string[]): Promise<void> {
    const keys = keysOf(sid);
    await script(
      'present',
      [keys.state, keys.nodes, keys.present(node)],
      [node, PRESENCE_S, ...seats],
    );
  }

  return {
    tick: async (sid, now) => {
      const keys = keysOf(sid);
      const reply = await script(
        'tick',
        [keys.state, keys.seats, keys.nodes],
        [now, TICK_MS, keys.prefix],
      );
      if (!Array.isArray(reply)) return null;
      const [revision, present, seats, answered, news] = reply;
      return {
        epoch: epoch(),
        revision: Number(revision),
        counts: countsOf(present, seats, answered),
        news: news === 1,
      };
    },
    arrive: async (sid, node, seat) => {
      await present(sid, node, [seat]);
      const { state, seats, nodes, prefix } = keysOf(sid);
      await script('tick', [state, seats, nodes], [0, TICK_MS, prefix, 'heads']);
    },
    keepPresent: async (sid, node, seats) => {
      for (let start = 0; start < seats.length; start += SEATS_PER_COMMAND)
        await present(sid, node, seats.slice(start, start + SEATS_PER_COMMAND));
    },
    leave: async (sid, node, seat) => {
      await command('ZREM', keysOf(sid).present(node), seat);
    },
  };
}

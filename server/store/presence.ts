/** Who is here, over all nodes, and the counts that everybody sees. */
import type { StoreClient } from './client.ts';
import { keysOf } from './keys.ts';
import { shorten } from './lookups.ts';
import { countsOf, strings } from './replies.ts';
import type { Store } from './store.ts';

/** DISC-6 */
const TICK_MS = 5_000;
/** The seats of a node that died are forgotten after this; it says that it lives every 20 s. */
const PRESENCE_S = 45;

type Presence = Pick<Store, 'tick' | 'arrive' | 'leave' | 'keepPresent'>;

export function presenceIn(client: StoreClient): Presence {
  const { script, command, epoch } = client;

  function present(sid: string, node: string, which: 'these' | 'also', seats: readonly string[]) {
    const { state, nodes, present, meta } = keysOf(sid);
    const keys = [state, nodes, present(node), meta];
    return script('present', keys, [node, PRESENCE_S, which, ...seats]);
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
    arrive: async (sid, node, come) => {
      await present(sid, node, 'also', come);
      const { state, seats, nodes, prefix } = keysOf(sid);
      await script('tick', [state, seats, nodes], [0, TICK_MS, prefix, 'heads']);
    },
    keepPresent: async (sid, node, seats) => {
      const [expires, code, qr] = strings(await present(sid, node, 'these', seats));
      // A node may have died between the first join and this; said until it is so (DISC-11).
      if (expires && code && qr)
        await shorten(client, { sid, code, qr, expires: Number(expires) }, Date.now());
    },
    leave: async (sid, node, seat) => {
      await command('ZREM', keysOf(sid).present(node), seat);
    },
  };
}

/**
 * Whoever breaks the rules comes back slowly: without this, coming back would be as cheap as being sent
 * away. Behind one NAT sits a whole company: a key that opens is let in at once, whatever others at its
 * address do. Only keys that open nothing wait, and those that were cut off themselves (R7).
 */
import type { IncomingMessage } from 'node:http';
import { handshakeSchema } from '#protocol/messages.ts';
import { addressOf, clientKey } from '../clients.ts';
import { createGuessing, type Guessing } from '../guessing.ts';
import type { Proxies } from '../proxies.ts';
import { hashOf } from '../store/tokens.ts';
import { Refused, type Admitted, type Handshake } from './handshake.ts';

/** Wrong keys a minute of one client before they wait, and handshakes of it that may wait at a time. */
const WRONG = { perClient: 20, inAll: 10_000, waiting: 200 };
/** A key that was cut off waits from the first time on, for a minute; a phone's tabs may wait together. */
const CUT_OFF = { perClient: 1, inAll: 1_000_000, waiting: 8 };

export interface Offenders {
  /**
   * Looks first, and waits only with offenders: a crowd that comes back is never slowed down by one of it.
   * @param auth the handshake's, as sent. @param open what it opens
   * @throws Refused as `open` does or `malformed`, after 1.5 s once the budget is spent; `slow-down` when
   *   too many wait
   */
  admit: (
    request: IncomingMessage,
    auth: unknown,
    open: (handshake: Handshake, client: string) => Promise<Admitted>,
  ) => Promise<Admitted>;
  /** A socket of this request was cut off. */
  offended: (request: IncomingMessage) => void;
}

export function createOffenders(proxies: Proxies): Offenders {
  const clients = createGuessing(WRONG);
  const cutOff = createGuessing(CUT_OFF);
  const address = addressOf(proxies);
  const client = (request: IncomingMessage) => clientKey(address(request));
  /** What each request came with, hashed. */
  const keys = new WeakMap<IncomingMessage, string>();

  async function wait(among: Guessing, name: string): Promise<void> {
    if (!(await among.admit(name))) throw new Refused('slow-down');
  }

  /** Notes what a request came with, and lets it wait if it was cut off before. */
  async function recognise(request: IncomingMessage, credential: string): Promise<void> {
    const key = hashOf(credential);
    keys.set(request, key);
    await wait(cutOff, key);
  }

  return {
    admit: async (request, auth, open) => {
      // Known now: of a connection that hangs up meanwhile it is not.
      const from = client(request);
      const handshake = handshakeSchema.safeParse(auth).data;
      if (handshake && 'credential' in handshake) await recognise(request, handshake.credential);
      try {
        if (!handshake) throw new Refused('malformed');
        const admitted = await open(handshake, from);
        // Whoever was cut off may ask for the same seat again instead of showing its key.
        if (admitted.joined) await recognise(request, admitted.joined.seat);
        return admitted;
      } catch (error) {
        if (!opensNothing(error)) throw error;
        if (isGuess(error, handshake?.role)) await clients.wrong(from);
        await wait(clients, from);
        throw error;
      }
    },
    offended: (request) => {
      const key = keys.get(request);
      if (key !== undefined) void cutOff.wrong(key);
      // Any key can be made up: who breaks the rules with one that opens nothing is known by the address.
      void clients.wrong(client(request));
    },
  };
}

function opensNothing(error: unknown): error is Refused {
  if (!(error instanceof Refused)) return false;
  return ['malformed', 'not-allowed', 'unknown-room'].includes(error.data.reason);
}

/**
 * No page of ours sends a malformed key, or a host's that was never right. A seat may be forgotten: after
 * a restart that lost the last second a whole room may ask for theirs, and then join anew.
 */
function isGuess(error: Refused, role: string | undefined): boolean {
  const { reason } = error.data;
  return reason === 'malformed' || (reason === 'not-allowed' && role !== 'participant');
}

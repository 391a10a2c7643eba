/**
 * Whoever breaks the rules comes back slowly: without this, coming back would be as cheap as being sent
 * away. Behind one NAT sits a whole company: a key that opens is let in at once, whatever others at its
 * address do. Only keys that open nothing wait, and those that were cut off themselves (R7).
 */
import type { IncomingMessage } from 'node:http';
import { handshakeSchema } from '#protocol/messages.ts';
import { addressOf, clientKey } from '../clients.ts';
import { createGuessing } from '../guessing.ts';
import type { Proxies } from '../proxies.ts';
import { hashOf } from '../store/tokens.ts';
import { Refused, type Admitted, type Handshake } from './handshake.ts';

/** Offences a minute of one client before its offenders wait, and handshakes of it that may wait at a time. */
const BUDGET = { perClient: 20, inAll: 10_000, waiting: 200 };
/** How long a key is known as one that was cut off. */
const KNOWN_MS = 60_000;

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
  const { admit, wrong } = createGuessing(BUDGET);
  const address = addressOf(proxies);
  const client = (request: IncomingMessage) => clientKey(address(request));
  /** What each request came with, hashed. */
  const keys = new WeakMap<IncomingMessage, string>();
  /** Keys that were cut off, and until when they are known for it; the first to be forgotten first. */
  const cutOff = new Map<string, number>();

  async function wait(from: string): Promise<void> {
    if (!(await admit(from))) throw new Refused('slow-down');
  }

  function remember(key: string): void {
    const now = performance.now();
    for (const [known, until] of cutOff) {
      if (until > now) break;
      cutOff.delete(known);
    }
    cutOff.delete(key);
    cutOff.set(key, now + KNOWN_MS);
  }

  /** Notes what a request came with. @returns whether it was cut off before */
  function recognise(request: IncomingMessage, credential: string): boolean {
    const key = hashOf(credential);
    keys.set(request, key);
    return (cutOff.get(key) ?? 0) > performance.now();
  }

  return {
    admit: async (request, auth, open) => {
      // Known now: of a connection that hangs up meanwhile it is not.
      const from = client(request);
      const handshake = handshakeSchema.safeParse(auth).data;
      if (handshake && 'credential' in handshake && recognise(request, handshake.credential))
        await wait(from);
      try {
        if (!handshake) throw new Refused('malformed');
        const admitted = await open(handshake, from);
        // Whoever was cut off may ask for the same seat again instead of showing its key.
        if (admitted.joined && recognise(request, admitted.joined.seat)) await wait(from);
        return admitted;
      } catch (error) {
        if (!opensNothing(error)) throw error;
        if (isGuess(error, handshake?.role)) await wrong(from);
        await wait(from);
        throw error;
      }
    },
    offended: (request) => {
      const key = keys.get(request);
      if (key !== undefined) remember(key);
      void wrong(client(request));
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

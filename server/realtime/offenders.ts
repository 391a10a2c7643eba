/**
 * Whoever was cut off for breaking the rules comes back slowly: without this, coming back would be as
 * cheap as being sent away. As with guesses, nobody is locked out: behind one NAT sit honest phones too.
 */
import type { IncomingMessage } from 'node:http';
import { addressOf, clientKey } from '../clients.ts';
import { createGuessing } from '../guessing.ts';
import type { Proxies } from '../proxies.ts';

/** Cut-offs a minute of one client before it waits, and handshakes of it that may wait at a time. */
const BUDGET = { perClient: 20, inAll: 10_000, waiting: 200 };

export interface Offenders {
  /** Resolves when a handshake may go on: at once, or after 1.5 s. @returns false: too many of this client wait */
  admit: (request: IncomingMessage) => Promise<boolean>;
  /** A socket of this request was cut off, or its key opened nothing. */
  offended: (request: IncomingMessage) => void;
}

export function createOffenders(proxies: Proxies): Offenders {
  const { admit, wrong } = createGuessing(BUDGET);
  const address = addressOf(proxies);
  const client = (request: IncomingMessage) => clientKey(address(request));
  return {
    admit: (request) => admit(client(request)),
    offended: (request) => void wrong(client(request)),
  };
}

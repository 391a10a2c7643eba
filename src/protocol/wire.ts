/** The wire's constants, apart from the schemas: browsers load these and no validation library. */
import type { z } from 'zod';
import type { handshakeSchema } from './messages.ts';

/** Raised when an older client can no longer speak to a newer server (R5). */
export const PROTOCOL = 1;

/**
 * Query parameter of every request of a socket: a proxy hashes it, so that a room usually lives on one
 * node. The first two characters of the random session id, which say nothing to whoever reads an address.
 */
export const PLACE = 'place';
export const placeOf = (credential: string): string => credential.slice(0, 2);

export type Handshake = z.input<typeof handshakeSchema>;

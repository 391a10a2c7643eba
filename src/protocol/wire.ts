/** The wire's constants, apart from the schemas: browsers load these and no validation library. */
import type { z } from 'zod';
import type { handshakeSchema } from './messages.ts';

/** Raised when an older client can no longer speak to a newer server (R5). */
export const PROTOCOL = 1;

export type Handshake = z.input<typeof handshakeSchema>;

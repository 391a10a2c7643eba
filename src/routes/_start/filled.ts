/** What somebody has filled in on the start page; it comes back with the back button. Never the passphrase. */
import type { PolicyName } from '#core/disclosure.ts';

export interface Filled {
  /** Ids; empty: the first one that fits. */
  workshop: string;
  language: string;
  plan: string;
  policy: PolicyName;
  /** The room code, as typed. */
  code: string;
}

export const EMPTY: Filled = { workshop: '', language: '', plan: '', policy: 'standard', code: '' };

/** What goes wrong on a ballot's way between a phone and a node. */

/** Asked for each ballot that is sent. */
export interface Mischief {
  /** The line dies after the ballot was stored and before its answer came. */
  dropAck: () => boolean;
  /** The line lives, and the answer never comes. */
  swallowAck: () => boolean;
  double: () => boolean;
  /** ms after which the same ballot comes once more; null: never. */
  late: () => number | null;
}

/** What went wrong, so that a run can tell. */
export type Mishap =
  'ack dropped' | 'ack swallowed' | 'ballot doubled' | 'ballot late' | 'line cut';

export const NO_MISCHIEF: Mischief = {
  dropAck: () => false,
  swallowAck: () => false,
  double: () => false,
  late: () => null,
};

export interface PhoneOptions {
  /** Of the nodes this phone talks to: a tab at each. */
  urls: readonly string[];
  credential: string;
  mischief?: Mischief;
  /** No WebSocket gets through to this phone: its line has to find out, and polls. */
  pollsOnly?: boolean;
  mishap?: (what: Mishap) => void;
}

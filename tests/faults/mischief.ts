/** What goes wrong on a ballot's way between a phone and a node. */

/** Asked for each ballot that is sent. */
export interface Mischief {
  dropAck: () => boolean;
  double: () => boolean;
  /** ms after which the same ballot comes once more; null: never. */
  late: () => number | null;
  /** ms until the phone tries again. */
  pause: () => number;
}

/** What went wrong, so that a run can tell. */
export type Mishap = 'ack dropped' | 'ballot doubled' | 'ballot late' | 'line cut';

export const NO_MISCHIEF: Mischief = {
  dropAck: () => false,
  double: () => false,
  late: () => null,
  // As the product's outbox waits.
  pause: () => 1_200 * (1 + Math.random()),
};

export interface PhoneOptions {
  /** Of the nodes this phone talks to: a line each, as tabs have. Ballots go by any of them. */
  urls: readonly string[];
  credential: string;
  mischief?: Mischief;
  transports?: ('websocket' | 'polling')[];
  mishap?: (what: Mishap) => void;
}

/**
 * Every reason for refusing something, by name. A refusal crosses the wire as its name alone; the
 * interface's catalogue (`reason_…`) says what happened and what to do.
 */
export const REASONS = [
  // joining and connecting
  'unknown-room', // no such room, or it has ended: one answer for both (S1)
  'locked', // the facilitator has locked the room
  'full', // the cap on seats is reached
  'not-allowed', // wrong token, wrong role
  'revoked', // a link that was good until a host took it away (S3)
  'old-client', // speaks an older protocol: reload
  'slow-down', // over a limit: try again in a moment
  'passphrase', // creating a session needs the server's passphrase (S11)
  'too-many-sessions',
  // commands of a host
  'moved-on', // somebody else pressed first: the view that follows is right
  'no-such-place',
  'round-open', // close the round before leaving it
  'asked-once', // a question is published once per session (DISC-5)
  'not-closed', // nothing to show yet
  'too-many-links',
  'confirm-close', // fewer have answered than are present, or fewer than the minimum (DISC-5)
  // ballots
  'round-closed',
  'conflict', // the same version with another nonce: another tab was first
  // anything
  'malformed',
  'try-again', // the store did not answer: nothing is lost, ask again
] as const;

export type Reason = (typeof REASONS)[number];

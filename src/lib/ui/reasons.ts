/** Every refusal in words: what happened and what to do. Used by all faces. */
import { m } from '$lib/i18n/paraglide/messages';
import type { Reason } from '#protocol/reasons.ts';

/** A record, not a look-up by name: a reason without its sentence does not compile. */
const sentences: Readonly<Record<Reason, () => string>> = {
  'unknown-room': m.reason_unknown_room,
  locked: m.reason_locked,
  full: m.reason_full,
  'not-allowed': m.reason_not_allowed,
  revoked: m.reason_revoked,
  'old-client': m.reason_old_client,
  'slow-down': m.reason_slow_down,
  passphrase: m.reason_passphrase,
  'too-many-sessions': m.reason_too_many_sessions,
  'moved-on': m.reason_moved_on,
  'no-such-place': m.reason_no_such_place,
  'round-open': m.reason_round_open,
  'asked-once': m.reason_asked_once,
  'not-closed': m.reason_not_closed,
  'too-many-links': m.reason_too_many_links,
  'confirm-close': m.reason_confirm_close,
  'round-closed': m.reason_round_closed,
  conflict: m.reason_conflict,
  malformed: m.reason_malformed,
  'try-again': m.reason_try_again,
};

/** One or two sentences in the reader's language. */
export function reasonText(reason: Reason): string {
  return sentences[reason]();
}

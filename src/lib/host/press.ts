/** What the facilitator's one big button does next, read from the view alone. */
import type { Cursor } from '#core/agenda.ts';
import type { Counts, HostView } from '#protocol/views.ts';

/** One press: what it does, in the room's words, and where it leads. */
export type Press =
  /** The vote begins, or ends and is counted. */
  | { does: 'open' | 'close'; to: Cursor }
  /** The room sees what the host has looked at already (DISC-9). */
  | { does: 'show'; to: Cursor }
  /** The question is talked about instead of voted on (DISC-10). */
  | { does: 'talk'; to: Cursor }
  /** The next moment of this step. `stage`: its id. */
  | { does: 'stage'; stage: string; to: Cursor }
  /** The next step. `title`: its title. */
  | { does: 'step'; title: string; to: Cursor };

export interface Presses {
  /** Null at the end of the agenda. */
  primary: Press | null;
  /** The other way to go on: the talk beside a vote, or the vote beside a talk. */
  other: Press | null;
}

/** Whether a vote now would show nothing, because too few are here (DISC-1, DISC-10). */
export function tooFew(view: Pick<HostView, 'contract'>, counts: Pick<Counts, 'present'>): boolean {
  return counts.present < view.contract.minimum;
}

/** @param counts the newest ones, which may be younger than the view's own */
export function pressesOf(view: HostView, counts: Counts): Presses {
  const onward = onwardPress(view);
  // Only in place of a vote: once past it, a small room must not be led back into the talk.
  if (!view.aside || onward?.does !== 'open') return { primary: onward, other: null };
  const talk: Press = { does: 'talk', to: view.aside };
  return tooFew(view, counts) ? { primary: talk, other: onward } : { primary: onward, other: talk };
}

/** Whether the host is looking at a result that the room does not see yet. */
export function looksFirst(view: HostView): boolean {
  return view.release !== null && view.cursor.stage === 'closed';
}

function onwardPress({ next, cursor, round, agenda }: HostView): Press | null {
  if (!next) return null;
  // Slide kinds share these names for the stages of a vote; the host's view has no others to go by.
  if (next.stage === 'shown') return { does: 'show', to: next };
  if (next.step !== cursor.step) {
    const title = agenda.find(({ id }) => id === next.step)?.title ?? '';
    return { does: 'step', title, to: next };
  }
  if (round?.status === 'open') return { does: 'close', to: next };
  if (round?.status === 'ready' && next.stage === 'open') return { does: 'open', to: next };
  return { does: 'stage', stage: next.stage, to: next };
}

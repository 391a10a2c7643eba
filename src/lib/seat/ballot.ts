/**
 * What a phone knows of one ballot, and what to do next. Pure: whatever the order of acks, drops, closes,
 * reconnects and second tabs ends with the newest ballot standing or an honest sentence (R1, R2, R4).
 */
import type { Choice } from '#core/round.ts';
import type { Ack, BallotCommand } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { ParticipantView } from '#protocol/views.ts';

/** An answer as the person gave it. `title`, `words`: the same in words, for “What left this phone” (DISC-12). */
export interface Draft {
  question: string;
  title: string;
  choice: Choice;
  words: string[];
  /** Of title and words; missing in older records. */
  language?: string;
}

/** One version that went onto the line, in words. */
export interface Left extends Pick<Draft, 'words' | 'language'> {
  version: number;
}

export interface Ballot extends Draft {
  /** The person chose “send”; false: “keep it on my phone”. */
  sends: boolean;
  /** Of the newest decision to send; 0: never. */
  version: number;
  nonce: string;
  /** Newest version of this phone that was acknowledged and has not been lost since; 0: none. */
  counted: number;
  /** What the server holds for the seat, as far as known: another tab's may be newer than ours. */
  standing: number;
  closed: boolean;
  /** This version was on the line and no answer came: it may count all the same. */
  unheard: boolean;
  /** Why the server will not have it, when trying again cannot help. */
  refused: Reason | null;
  left: Left[];
}

export type Round = ParticipantView['round'];
export type BallotAck = Ack<{ version: number }>;

/** What the phone may say of a ballot (R4). `counted`: a version that counts all the same; 0: none. */
export type BallotState =
  | { is: 'kept' | 'saving' | 'offline' | 'closed' | 'unsure'; counted: number }
  | { is: 'counted' | 'elsewhere'; version: number }
  | { is: 'refused'; reason: Reason };

/** A decision, or a change of mind: a new version unless nothing changed. @param nonce a fresh one */
export function decide(
  held: Ballot | undefined,
  draft: Draft,
  sends: boolean,
  nonce: string,
): Ballot {
  const before = held ?? { version: 0, counted: 0, standing: 0, left: [], sends: false };
  const same = held?.sends && sameChoice(held.choice, draft.choice) && !isOvertaken(held);
  if (held && sends && same) return held;
  return {
    ...draft,
    sends,
    version: sends ? Math.max(before.version, before.standing) + 1 : before.version,
    nonce: sends ? nonce : (held?.nonce ?? nonce),
    counted: before.counted,
    standing: before.standing,
    closed: false,
    unheard: false,
    refused: null,
    left: before.left,
  };
}

/**
 * What to put onto the line now, or null. In a round that is not open only what has left already
 * goes again: the server then tells whether it was counted; nothing new leaves (DISC-5).
 */
export function due(ballot: Ballot, round: Round): BallotCommand | null {
  if (!ballot.sends || ballot.closed || ballot.refused) return null;
  if (ballot.counted >= ballot.version || isOvertaken(ballot)) return null;
  const open = round?.question === ballot.question && round.status === 'open';
  if (!open && !hasLeft(ballot)) return null;
  const { question, version, nonce, choice } = ballot;
  return { question, version, nonce, choice };
}

/** Before the command goes out: from here on it has left the phone. */
export function leaving(ballot: Ballot, command: BallotCommand): Ballot {
  if (!isAbout(ballot, command) || hasLeft(ballot)) return ballot;
  const { version, words, language = '' } = ballot;
  return { ...ballot, left: [...ballot.left, { version, words, language }] };
}

/** The server's answer to `command`. @param nonce a fresh one, for a conflict */
export function answered(
  ballot: Ballot,
  command: BallotCommand,
  reply: BallotAck,
  nonce: string,
): Ballot {
  if (reply.ok) {
    const standing = Math.max(ballot.standing, reply.version);
    // Also of a version that a change of mind has overtaken meanwhile: it is what counts until then.
    const ours = reply.version === command.version ? command.version : 0;
    return { ...ballot, standing, counted: Math.max(ballot.counted, ours) };
  }
  if (!isAbout(ballot, command)) return ballot;
  switch (reply.reason) {
    case 'try-again':
      return ballot.unheard ? ballot : { ...ballot, unheard: true };
    case 'slow-down':
      return ballot;
    case 'conflict':
      // Another tab took this very version: what was chosen here goes out as the next one.
      return {
        ...ballot,
        standing: Math.max(ballot.standing, ballot.version),
        version: Math.max(ballot.standing, ballot.version) + 1,
        nonce,
        unheard: false,
      };
    case 'round-closed':
      return { ...ballot, closed: true };
    default:
      return { ...ballot, refused: reply.reason };
  }
}

/**
 * What a fresh connection says stands in this question's round; 0: nothing. Lower than what was
 * counted: the server lost it. Once the round is closed, a version that had left and stands is ours:
 * only its ack was lost.
 */
export function heardStanding(ballot: Ballot, version: number, closed: boolean): Ballot {
  const ours = closed && ballot.left.some((left) => left.version === version);
  const counted = ours ? version : Math.min(ballot.counted, version);
  const unheard = ballot.unheard && !closed;
  const { standing } = ballot;
  if (standing === version && ballot.counted === counted && ballot.unheard === unheard)
    return ballot;
  return { ...ballot, standing: version, counted, unheard };
}

/** What the room's present round means for this ballot. A round that is not yet open has counted nothing. */
export function heardRound(ballot: Ballot, round: Round): Ballot {
  const here = round?.question === ballot.question ? round.status : 'closed';
  if (here === 'open') return ballot.closed ? { ...ballot, closed: false } : ballot;
  if (here === 'ready')
    return ballot.closed || ballot.standing > 0
      ? { ...ballot, closed: false, standing: 0, counted: 0 }
      : ballot;
  const waits = ballot.sends && ballot.counted < ballot.version && !hasLeft(ballot);
  return waits && !ballot.closed ? { ...ballot, closed: true } : ballot;
}

/** The room has ended: what was not counted by now never will be. */
export function heardEnd(ballot: Ballot): Ballot {
  return ballot.closed ? ballot : { ...ballot, closed: true };
}

/** @param online whether the line to the server is up */
export function stateOf(ballot: Ballot, online: boolean): BallotState {
  const { counted } = ballot;
  if (isOvertaken(ballot)) return { is: 'elsewhere', version: ballot.standing };
  if (!ballot.sends) return { is: 'kept', counted };
  if (counted === ballot.version) return { is: 'counted', version: counted };
  if (ballot.refused) return { is: 'refused', reason: ballot.refused };
  if (ballot.closed) return { is: ballot.unheard ? 'unsure' : 'closed', counted };
  return { is: online ? 'saving' : 'offline', counted };
}

export function sameChoice(a: Choice, b: Choice): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The version that waits for an answer has been on the line at least once. */
export function hasLeft(ballot: Ballot): boolean {
  return ballot.left.some(({ version }) => version === ballot.version);
}

/** A version has left that no answer has told of: it may count, although a newer one was chosen since. */
export function owesAnAnswer({ left, counted }: Ballot): boolean {
  return left.some(({ version }) => version > counted);
}

function isOvertaken(ballot: Ballot): boolean {
  return ballot.standing > ballot.version;
}

function isAbout(ballot: Ballot, command: BallotCommand): boolean {
  return ballot.version === command.version && ballot.nonce === command.nonce;
}

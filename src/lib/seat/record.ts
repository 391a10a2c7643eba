/**
 * What a phone keeps of one session: its seat, its answers, its ballots (DISC-12). Enough to show
 * the own result after the session is gone and without a network.
 */
import type { Outcome } from '#core/disclosure.ts';
import type { Answers } from '#core/scoring.ts';
import type { Receipt, RoomReply } from '#protocol/messages.ts';
import type { AssessmentSlide } from '#slides/assessment/kind.ts';
import type { Ballot } from './ballot.ts';
import type { Plan } from './plan/plan.ts';
import { randomId } from './random.ts';
import type { Poles } from './slide-props.ts';
import type { PhoneStorage } from './storage.ts';

/** Where somebody is in the assessment. */
export type Phase = 'statements' | 'review' | 'offer' | 'done';

/** `slide`: as it was shown, because after the end nobody sends it again. `at`: position in this seat's own order. */
export interface KeptAssessment {
  slide: AssessmentSlide;
  /** Of the slide's texts; missing in older records. */
  language?: string;
  answers: Answers;
  at: number;
  phase: Phase;
}

export interface SeatRecord {
  /** Raised when an older record can no longer be read. */
  format: 1;
  code: string;
  /** Made before the first request, so that a retry takes the same seat. */
  nonce: string;
  /** null until joined. */
  credential: string | null;
  /** Of the statements' order; never leaves the phone (DISC-13). */
  seed: string;
  /** Its id; empty where it is not known. */
  workshop: string;
  title: string;
  language: string;
  /** The interface's language as `language` was chosen; empty where it is not known. */
  spoken: string;
  /** When the record was made, ms since 1970: the order of several on one phone. */
  since: number;
  /** Where the phone was that day: `2026-11-23`. */
  day: string;
  poles: Poles | null;
  contract: RoomReply['contract'] | null;
  /** Every page of this phone says so. */
  rehearsal: boolean;
  /** Cells picked by hand, by `feeling` or `question`: kept, and not sent by being picked (DISC-7). */
  picks: Record<string, number>;
  ballots: Record<string, Ballot>;
  assessments: Record<string, KeptAssessment>;
  /** What somebody means to try, by the question of its assessment. */
  plans: Record<string, Plan>;
  /** What was published of the assessment, and a typed name: for the export only. */
  published: Outcome | null;
  name: string;
  /** The room has ended; `receipt` when the server could still say so. */
  ended: { receipt: Receipt | null } | null;
}

const PREFIX = 'seat.';
export const storageKey = (code: string): string => PREFIX + code;

export function newRecord(code: string): SeatRecord {
  return {
    format: 1,
    code,
    nonce: randomId(),
    credential: null,
    seed: randomId(),
    workshop: '',
    title: '',
    language: '',
    spoken: '',
    since: Date.now(),
    day: '',
    poles: null,
    contract: null,
    rehearsal: false,
    picks: {},
    ballots: {},
    assessments: {},
    plans: {},
    published: null,
    name: '',
    ended: null,
  };
}

/** A record as found in storage; null when it is none of ours. Fields that it lacks are as new. */
export function readRecord(found: unknown, code: string): SeatRecord | null {
  if (typeof found !== 'object' || found === null) return null;
  const record = found as Partial<SeatRecord>;
  const ours =
    record.format === 1 &&
    record.code === code &&
    typeof record.nonce === 'string' &&
    typeof record.seed === 'string';
  if (!ours) return null;
  // Once it was a sentence, in the language of that day.
  const published = typeof record.published === 'object' ? record.published : null;
  return { ...newRecord(code), since: 0, ...record, published };
}

/** The rooms in which this phone holds a seat, or held one to their end; newest first. */
export function joinedRooms(storage: PhoneStorage): SeatRecord[] {
  return storage
    .keys(PREFIX)
    .flatMap((key) => readRecord(storage.read(key), key.slice(PREFIX.length)) ?? [])
    .filter(({ credential }) => credential !== null)
    .sort((a, b) => b.since - a.since);
}

/** The day where the phone is: `2026-11-23`. */
export function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

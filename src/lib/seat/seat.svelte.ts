/** One seat as its phone keeps it: reactive, written through to storage, shared by all tabs. */
import { createContext } from 'svelte';
import type { Outcome } from '#core/disclosure.ts';
import type { Answers } from '#core/scoring.ts';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Receipt, RoomReply } from '#protocol/messages.ts';
import type { AssessmentSlide } from '#slides/assessment/kind.ts';
import type { Ballot } from './ballot.ts';
import { Hiding } from './hiding.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';
import type { Plan } from './plan/plan.ts';
import {
  newRecord,
  readRecord,
  storageKey,
  today,
  type KeptAssessment,
  type Phase,
  type SeatRecord,
} from './record.ts';
import { watchStorage, type PhoneStorage } from './storage.ts';

export class Seat {
  readonly code: string;
  #storage: PhoneStorage;
  #hiding: Hiding;
  #record = $state.raw<SeatRecord | null>(null);
  #durable = $state(true);
  #unwatch: () => void;

  /** @param hiding shared with what else the page shows of this device */
  constructor(code: string, storage: PhoneStorage, hiding = new Hiding(storage)) {
    this.code = code;
    this.#storage = storage;
    this.#hiding = hiding;
    this.#load();
    this.#unwatch = watchStorage(storageKey(code), () => this.#load());
  }

  /** null: this phone holds nothing of the session. */
  get record(): SeatRecord | null {
    return this.#record;
  }
  /** False: a reload would lose the seat. */
  get durable(): boolean {
    return this.#durable;
  }
  /** Where all of this phone's seats and workbooks lie: one, so that it also works where nothing is kept. */
  get storage(): PhoneStorage {
    return this.#storage;
  }
  get hidden(): boolean {
    return this.#hiding.on;
  }

  /** The nonce to join with: made and kept before the request (R2). */
  prepare(): string {
    return this.#change((record) => record).nonce;
  }

  joined(credential: string, room: RoomReply): void {
    const { workshop, title, language, poles, contract, rehearsal } = room;
    const day = today();
    const spoken = getLocale();
    const known = {
      credential,
      workshop,
      title,
      language,
      spoken,
      day,
      poles,
      contract,
      rehearsal,
    };
    // What was covered in another room says nothing about this one.
    this.hide(false);
    this.#change((record) => ({ ...record, ...known }));
  }

  /** The same seat under the key that the server gave for the kept nonce. */
  rejoined(credential: string): void {
    this.#change((record) => ({ ...record, credential }));
  }

  /** The workshop as the room's view says it now. @returns whether it is in another language than before */
  reads({ title, language, poles }: Pick<RoomReply, 'title' | 'language' | 'poles'>): boolean {
    const spoken = getLocale();
    const known = this.#record?.language === language && this.#record.spoken === spoken;
    if (known || !this.#record) return false;
    this.#change((record) => ({ ...record, title, language, spoken, poles }));
    return true;
  }

  hide(hidden: boolean): void {
    this.#hiding.set(hidden);
  }

  rename(name: string): void {
    this.#change((record) => ({ ...record, name }));
  }

  /** Keeps what was tapped; nothing is sent by it. @param name a `feeling` or a `question` */
  pick(name: string, cell: number): void {
    this.#change((record) => ({ ...record, picks: { ...record.picks, [name]: cell } }));
  }

  /** Keeps what the room saw, for the export. */
  sawPublished(published: Outcome): void {
    if (JSON.stringify(this.#record?.published) !== JSON.stringify(published))
      this.#change((record) => ({ ...record, published }));
  }

  /** The assessment as kept, or a fresh one; its slide is kept with it from the first answer on. */
  assessment(slide: AssessmentSlide): KeptAssessment {
    const { language = '', assessments = {} } = this.#record ?? {};
    const fresh = { slide, language, answers: {}, at: 0, phase: 'statements' as const };
    return assessments[slide.question] ?? fresh;
  }

  answer(slide: AssessmentSlide, answers: Answers): void {
    this.#assess(slide, ({ answers: before, ...rest }) => ({
      ...rest,
      answers: { ...before, ...answers },
    }));
  }

  /** Goes to a view of the assessment. @param at position in this seat's own order, where it matters */
  goTo(slide: AssessmentSlide, phase: Phase, at?: number): void {
    this.#assess(slide, (kept) => ({ ...kept, phase, at: at ?? kept.at }));
  }

  /** @param change on top of what any tab wrote last; null: there is no plan yet */
  changePlan(question: string, change: (plan: Plan | null) => Plan): void {
    this.#change((record) => ({
      ...record,
      plans: { ...record.plans, [question]: change(record.plans[question] ?? null) },
    }));
  }

  ballot(question: string): Ballot | undefined {
    return this.#record?.ballots[question];
  }

  /** Applies a pure change to a ballot, on top of what any tab wrote last. */
  changeBallot(question: string, change: (ballot: Ballot | undefined) => Ballot | undefined): void {
    const now = this.#read();
    const before = now?.ballots[question];
    const after = change(before);
    if (!after || after === before) return;
    this.#change((record) => ({
      ...record,
      ballots: { ...record.ballots, [question]: after },
    }));
  }

  end(receipt: Receipt | null): void {
    this.#change((record) => ({
      ...record,
      ended: { receipt: receipt ?? record.ended?.receipt ?? null },
    }));
  }

  /** Not ended after all: the server knew the room again. */
  reopen(): void {
    this.#change((record) => ({ ...record, ended: null }));
  }

  /** Removes everything this phone keeps of the session. */
  forget(): void {
    this.#storage.remove(storageKey(this.code));
    this.#load();
  }

  close(): void {
    this.#unwatch();
    this.#hiding.close();
  }

  #assess(slide: AssessmentSlide, change: (kept: KeptAssessment) => KeptAssessment): void {
    this.#change((record) => {
      const kept = record.assessments[slide.question] ?? this.assessment(slide);
      const changed = change(kept);
      return { ...record, assessments: { ...record.assessments, [slide.question]: changed } };
    });
  }

  #change(change: (record: SeatRecord) => SeatRecord): SeatRecord {
    const record = change(this.#read() ?? newRecord(this.code));
    this.#storage.write(storageKey(this.code), record);
    this.#record = record;
    this.#durable = this.#storage.durable;
    return record;
  }

  #read(): SeatRecord | null {
    return readRecord(this.#storage.read(storageKey(this.code)), this.code);
  }

  #load(): void {
    this.#record = this.#read();
    this.#durable = this.#storage.durable;
  }
}

/** What the components of a room are given: the seat, and the way its ballots go out. */
export interface Phone {
  seat: Seat;
  outbox: Outbox;
}
export const [usePhone, setPhone] = createContext<Phone>();

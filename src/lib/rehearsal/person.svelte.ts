/**
 * One simulated person: a seat, a line and an outbox as a phone has them, with a hand that taps. It
 * joins and votes over the same wire as anybody, and leaves at once what is no rehearsal.
 */
import { untrack } from 'svelte';
import { FEELINGS } from '#core/movement.ts';
import { LiveSession } from '$lib/live/session.svelte.ts';
import { follow } from '$lib/seat/follow.svelte.ts';
import { Outbox } from '$lib/seat/outbox.svelte.ts';
import { Seat } from '$lib/seat/seat.svelte.ts';
import { PhoneStorage } from '$lib/seat/storage.ts';
import type { RoomReply } from '#protocol/messages.ts';
import type { ParticipantView } from '#protocol/views.ts';
import { cellOf, habitOf, type Crowd } from './crowd.ts';
import { draftOf } from './draft.ts';
import type { TabStore } from './plan.ts';
import type { Task } from './task.ts';

/** Time to think, ms: a statement takes longer than a tap. */
const VOTE_MS = [2000, 8000] as const;
const FEELING_MS = [1000, 5000] as const;
const ASSESSMENT_MS = [4000, 14_000] as const;
/** Until a refused join or line is tried again. */
const AGAIN_MS = 2000;

export interface World {
  room: RoomReply;
  crowd: () => Crowd;
  taskOf: (slide: ParticipantView['slide']) => Task | null;
}

export class Person {
  readonly #nth: number;
  readonly #world: World;
  readonly #seat: Seat;
  #line = $state.raw<{ live: LiveSession<'participant'>; close: () => void } | null>(null);
  #gone = false;
  #timers: ReturnType<typeof setTimeout>[] = [];
  /** Feelings and questions that the hand is busy with. */
  #busy: string[] = [];

  /** @param storage what it keeps between reloads; null: nothing. @param nth of the crowd, from 0 */
  constructor(world: World, nth: number, storage: TabStore | null) {
    this.#world = world;
    this.#nth = nth;
    this.#seat = new Seat(world.room.code, new PhoneStorage(storage));
  }

  get present(): boolean {
    return this.#line?.live.status === 'live';
  }

  /** Takes its seat, or the same one again, after `ms`. */
  enter(ms: number): void {
    this.#after(ms, () => void this.#join());
  }

  /** Hangs up; the seat stays its own. */
  leave(): void {
    this.#gone = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#hangUp();
    this.#seat.close();
  }

  async #join(): Promise<void> {
    const { room } = this.#world;
    const request = { room: room.code, nonce: this.#seat.prepare() };
    const reply = await LiveSession.join(request, room.place);
    if (!reply.ok) {
      if (reply.reason === 'try-again' || reply.reason === 'slow-down') this.enter(AGAIN_MS);
      return;
    }
    if (this.#gone) return reply.live.close();
    this.#seat.joined(reply.seat, room);
    this.#follow(reply.live);
  }

  #follow(live: LiveSession<'participant'>): void {
    const outbox = new Outbox(
      this.#seat,
      (command) => live.ballot(command),
      () => void live.sync(),
    );
    const unwatch = $effect.root(() => {
      follow(live, outbox);
      $effect(() => {
        const { view, status } = live;
        untrack(() => {
          if (view && !view.rehearsal) this.leave();
          else if (status === 'refused') this.#comeBack();
          else if (view) this.#look(view, outbox);
        });
      });
    });
    const close = () => {
      unwatch();
      outbox.close();
      live.close();
    };
    this.#line = { live, close };
  }

  /** A server that lost its last second gives the same seat for the same nonce (R2). */
  #comeBack(): void {
    this.#after(0, () => this.#hangUp());
    this.enter(AGAIN_MS);
  }

  #hangUp(): void {
    this.#line?.close();
    this.#line = null;
    this.#busy = [];
  }

  #look({ slide, round }: ParticipantView, outbox: Outbox): void {
    const task = this.#world.taskOf(slide);
    if (!task) return;
    if (task.asks === 'feeling') return this.#feel(task.feeling);
    const { question } = task;
    const asked = round?.question === question && round.status === 'open';
    if (asked && !this.#seat.ballot(question)) this.#answer(task, outbox);
  }

  #feel(feeling: string): void {
    const { thinks } = habitOf(this.#world.crowd(), this.#nth, feeling, FEELING_MS);
    this.#once(feeling, thinks, () => this.#felt(feeling));
  }

  /** The early feeling; made up where a jump has passed it by, so that every result can be seen. */
  #felt(feeling: string): number {
    const before = this.#seat.record?.picks[feeling];
    if (before !== undefined) return before;
    const crowd = this.#world.crowd();
    const cell = cellOf(crowd, this.#nth, feeling, { cells: FEELINGS, nested: true });
    this.#seat.pick(feeling, cell);
    return cell;
  }

  #answer(task: Exclude<Task, { asks: 'feeling' }>, outbox: Outbox): void {
    const { question } = task;
    const crowd = this.#world.crowd();
    const range = task.asks === 'assessment' ? ASSESSMENT_MS : VOTE_MS;
    const { keeps, changes, thinks, hesitates } = habitOf(crowd, this.#nth, question, range);
    const about = { task, seat: this.#seat, poles: this.#world.room.poles, nth: this.#nth };
    const decide = (sure: boolean) => {
      const before = task.asks === 'movement' ? this.#felt(task.feeling) : null;
      const draft = draftOf({ ...about, crowd, before, sure });
      if (!draft) return;
      if (keeps) outbox.keep(draft);
      else outbox.send(draft);
    };
    this.#once(question, thinks, () => {
      decide(!changes);
      if (changes) this.#after(hesitates, () => decide(true));
    });
  }

  #once(name: string, ms: number, act: () => void): void {
    if (this.#busy.includes(name)) return;
    this.#busy.push(name);
    this.#after(ms, act);
  }

  #after(ms: number, act: () => void): void {
    if (this.#gone) return;
    this.#timers.push(setTimeout(act, ms));
  }
}

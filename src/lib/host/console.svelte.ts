/** The console's live state: its line to the session, one command at a time, what was refused. */
import { untrack } from 'svelte';
import type { Cursor } from '#core/agenda.ts';
import type { Curtain } from '#core/session.ts';
import type { HostCommand } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Report } from '#protocol/report.ts';
import type { HostView } from '#protocol/views.ts';
import { LiveSession } from '$lib/live/session.svelte.ts';
import { deviceStore } from './hosted.ts';
import { OwnNotes } from './own-notes.svelte.ts';
import { pressesOf, type Presses } from './press.ts';
import { Reaction } from './reaction.svelte.ts';

/** From the question whether to close to a press that can be the answer: nobody reads it in less. */
const READING_MS = 1000;

const NOTHING: Presses = { primary: null, other: null };

export class HostConsole {
  #line: LiveSession<'host'>;
  #busy = $state(false);
  #refusal = $state<Reason | null>(null);
  #report = $state.raw<Report | null>(null);
  #guarded = $state.raw<Extract<HostCommand, { do: 'move' }> | null>(null);
  #guardedAt = 0;
  #reaction = new Reaction();
  #heir = $state<string | null>(null);
  #unwatch: () => void;
  #unwatchNotes: () => void;
  #presses = $derived.by(() => {
    const { view, counts } = this.#line;
    return view ? pressesOf(view, counts ?? view.counts) : NOTHING;
  });

  /** What the facilitator jots down; it stays in this browser. */
  readonly notes: OwnNotes;

  /** @param credential the host's, `<sid>.<token>`. @param code of the room */
  constructor(credential: string, code: string) {
    this.notes = new OwnNotes(deviceStore(), code);
    this.#unwatchNotes = this.notes.watch();
    this.#line = new LiveSession('host', credential);
    this.#unwatch = $effect.root(() => {
      $effect(() => {
        const cursor = this.view?.cursor;
        if (cursor) untrack(() => this.#reaction.look(cursor));
      });
    });
  }

  get line(): LiveSession<'host'> {
    return this.#line;
  }
  get view(): HostView | null {
    return this.#line.view;
  }
  get presses(): Presses {
    return this.#presses;
  }
  /** A command is under way: another press does nothing (R8). */
  get busy(): boolean {
    return this.#busy;
  }
  /** Why the last command changed nothing; null after one that went well. */
  get refusal(): Reason | null {
    return this.#refusal;
  }
  /** Presses that came too soon after the room had moved. */
  get reaction(): Pick<Reaction, 'settling' | 'overtaken'> {
    return this.#reaction;
  }
  /** The credential this console has handed the session to; null when it has not. */
  get heir(): string | null {
    return this.#heir;
  }
  /** The server asks whether to close all the same (DISC-5). Falls away with the open round. */
  get guarding(): boolean {
    return this.#guarded !== null && this.view?.round?.status === 'open';
  }

  /** As last fetched; outlives the session in this tab's memory. */
  get report(): Report | null {
    return this.#report;
  }

  /** The newest report, or the last one that is known; null when there never was an answer. */
  async fetchReport(): Promise<Report | null> {
    const reply = await this.#line.report();
    if (reply.ok) this.#report = reply.report;
    return this.#report;
  }

  async primary(): Promise<void> {
    await this.#press(this.#presses.primary?.to);
  }

  async other(): Promise<void> {
    await this.#press(this.#presses.other?.to);
  }

  async back(): Promise<void> {
    await this.#press(this.view?.previous);
  }

  async jump(landing: Cursor | null): Promise<void> {
    await this.#go(landing);
  }

  async closeAnyway(): Promise<void> {
    if (this.#guarded) await this.#send({ ...this.#guarded, confirm: true });
  }

  /** Below the minimum a clicker cannot answer: a close would show nothing, and only the dialog says so. */
  get mayPressAgain(): boolean {
    const { view, counts } = this.#line;
    const answered = (counts ?? view?.counts)?.answered ?? 0;
    return this.guarding && view !== null && answered >= view.contract.minimum;
  }

  /** The second press of a guarded close (DISC-5), from a clicker that cannot reach the dialog. */
  async pressAgain(): Promise<void> {
    if (this.mayPressAgain && Date.now() - this.#guardedAt >= READING_MS) await this.closeAnyway();
  }

  keepOpen(): void {
    this.#guarded = null;
  }

  /** @param seconds whole, at most an hour; 0 stops the timer */
  timer(seconds: number): Promise<void> {
    return this.#send({ do: 'timer', seconds });
  }

  /** Gives the group timer more time, or takes some. @param seconds whole, may be negative */
  async extend(seconds: number): Promise<void> {
    const endsAt = this.view?.timer?.endsAt;
    if (endsAt !== undefined) await this.#send({ do: 'extend', endsAt, seconds });
  }

  /** Shifts the plan. @param minutes whole, may be negative */
  async shift(minutes: number): Promise<void> {
    const from = this.view?.extra;
    if (from !== undefined) await this.#send({ do: 'plan', from, to: from + minutes });
  }

  /** Lays this over the wall's slide, or takes it away when it is there. */
  async curtain(which: Curtain): Promise<void> {
    const curtain = this.view?.curtain === which ? null : which;
    await this.#send({ do: 'curtain', curtain });
  }

  /** @param token of the new link. @param only all other links of the role end. @returns whether the link opens now */
  async newLink(role: 'host' | 'screen', token: string, only: boolean): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    const reply = await this.#line.key({ role, token, only });
    this.#busy = false;
    this.#refusal = reply.ok ? null : reply.reason;
    return reply.ok;
  }

  /** Makes this credential the only one of a host: this console's own ends too. */
  async handOver(credential: string): Promise<void> {
    // Kept before it is known to have worked: the answer may be lost on its way.
    this.#heir = credential;
    const done = await this.newLink('host', credential.split('.')[1] ?? '', true);
    if (!done && this.#refusal !== 'try-again') this.#heir = null;
  }

  lock(locked: boolean): Promise<void> {
    return this.#send({ do: 'lock', locked });
  }

  /** Deletes the session. Resolves when the server has answered; the line then says `ended`. */
  async end(): Promise<void> {
    const code = this.view?.code;
    if (code === undefined || this.#busy) return;
    this.#busy = true;
    await this.fetchReport();
    const reply = await this.#line.end(code);
    this.#busy = false;
    this.#refusal = reply.ok ? null : reply.reason;
  }

  dismiss(): void {
    this.#refusal = null;
  }

  close(): void {
    this.#unwatch();
    this.#unwatchNotes();
    this.#reaction.stop();
    this.#line.close();
  }

  async #press(to: Cursor | null | undefined): Promise<void> {
    if (!this.#busy && this.#reaction.mayPress()) await this.#go(to);
  }

  async #go(to: Cursor | null | undefined): Promise<void> {
    if (this.view && to) await this.#send({ do: 'move', from: this.view.cursor, to });
  }

  async #send(command: HostCommand): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const reply = await this.#line.command(command);
    this.#busy = false;
    this.#guarded = null;
    this.#refusal = null;
    this.#reaction.hush();
    if (reply.ok) {
      if (command.do === 'move') this.#reaction.led(command.to);
      return;
    }
    if (reply.reason === 'confirm-close' && command.do === 'move') {
      this.#guarded = command;
      this.#guardedAt = Date.now();
    }
    // Somebody else pressed first: the view that comes is the answer.
    else if (reply.reason === 'moved-on') {
      this.#reaction.tell();
      await this.#line.sync();
    } else this.#refusal = reply.reason;
  }
}

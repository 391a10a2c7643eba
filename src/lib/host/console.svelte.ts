/** The console's live state: its line to the session, one command at a time, what was refused. */
import { sameCursor, type Cursor } from '#core/agenda.ts';
import type { HostCommand } from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Report } from '#protocol/report.ts';
import type { HostView } from '#protocol/views.ts';
import { LiveSession } from '$lib/live/session.svelte.ts';
import { deviceStore } from './hosted.ts';
import { OwnNotes } from './own-notes.svelte.ts';
import { pressesOf, type Presses } from './press.ts';

const NOTHING: Presses = { primary: null, other: null };

/** Nobody reads a new label and presses it in less: such a press was meant for the label before (R8). */
const REACTION_MS = 250;

export class HostConsole {
  #line: LiveSession<'host'>;
  #busy = $state(false);
  #refusal = $state<Reason | null>(null);
  #report = $state.raw<Report | null>(null);
  #guarded = $state.raw<Extract<HostCommand, { do: 'move' }> | null>(null);
  /** Where this console has led the room last, or found it; elsewhere, somebody else has led it. */
  #led: Cursor | null = null;
  #unwatch: () => void;
  #presses = $derived.by(() => {
    const { view, counts } = this.#line;
    return view ? pressesOf(view, counts ?? view.counts) : NOTHING;
  });

  /** What the facilitator jots down; it stays in this browser. */
  readonly notes: OwnNotes;

  /** @param credential the host's, `<sid>.<token>`. @param code of the room */
  constructor(credential: string, code: string) {
    this.notes = new OwnNotes(deviceStore(), code);
    this.#line = new LiveSession('host', credential);
    this.#unwatch = $effect.root(() => {
      $effect(() => {
        this.#led ??= this.view?.cursor ?? null;
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
    if (!this.#overtaken()) await this.#go(this.#presses.primary?.to);
  }

  async other(): Promise<void> {
    if (!this.#overtaken()) await this.#go(this.#presses.other?.to);
  }

  async back(): Promise<void> {
    if (!this.#overtaken()) await this.#go(this.view?.previous);
  }

  async jump(landing: Cursor | null): Promise<void> {
    await this.#go(landing);
  }

  async closeAnyway(): Promise<void> {
    if (this.#guarded) await this.#send({ ...this.#guarded, confirm: true });
  }

  keepOpen(): void {
    this.#guarded = null;
  }

  /** @param seconds whole, at most an hour; 0 stops the timer */
  timer(seconds: number): Promise<void> {
    return this.#send({ do: 'timer', seconds });
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
    this.#line.close();
  }

  /** Another console has moved the room in the very moment of this press. */
  #overtaken(): boolean {
    const { view } = this;
    if (!view || !this.#led || sameCursor(this.#led, view.cursor)) return false;
    return this.#line.serverNow() - view.now < REACTION_MS;
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
    if (reply.ok) {
      if (command.do === 'move') this.#led = command.to;
      return;
    }
    if (reply.reason === 'confirm-close' && command.do === 'move') this.#guarded = command;
    // Somebody else pressed first: the view that comes is the answer.
    else if (reply.reason === 'moved-on') await this.#line.sync();
    else this.#refusal = reply.reason;
  }
}

/**
 * One face's line to its session: the socket, the newest view, and the state of the connection.
 * A fresh view is always enough to go on (R3): it is replaced, never patched.
 */
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { PLACE, placeOf, PROTOCOL, type Handshake } from '#protocol/wire.ts';
import type {
  Ack,
  BallotCommand,
  ClientEvents,
  HostCommand,
  JoinReply,
  JoinRequest,
  KeyCommand,
  Receipt,
  SeatState,
  ServerEvents,
} from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Report } from '#protocol/report.ts';
import type { Counts, HostView, ParticipantView, ScreenView, View } from '#protocol/views.ts';
import { Line } from './line.ts';

interface ViewOf {
  host: HostView;
  screen: ScreenView;
  participant: ParticipantView;
}
export type Role = keyof ViewOf;

/** `refused` and `ended` are final: the socket is closed. */
export type Status = 'connecting' | 'live' | 'reconnecting' | 'refused' | 'ended';

/** A seat, and the line on which it was given. */
export interface Joined extends JoinReply {
  live: LiveSession<'participant'>;
}

/** Asks for a seat. `answered` is called once: a line that was refused is closed. */
interface Asking {
  join: JoinRequest;
  place: string;
  answered: (reply: Ack<JoinReply>) => void;
}

/**
 * Attempts until somebody who waits for a seat is told that no answer comes; the third goes by polling,
 * where no WebSocket gets through.
 */
const JOIN_TRIES = 3;

/** A face reads the getters and calls the verbs; it never sees the socket. */
export class LiveSession<R extends Role> {
  #line: Line;
  #view = $state.raw<ViewOf[R] | null>(null);
  #counts = $state.raw<Counts | null>(null);
  #seat = $state.raw<SeatState | null>(null);
  #status = $state<Status>('connecting');
  #reason = $state<Reason | null>(null);
  #receipt = $state.raw<Receipt | null>(null);
  #clockOffset = 0;

  #asking: Asking | null;
  #failures = 0;

  /** @param key a credential, or, by `join` alone, the wish for one */
  constructor(role: R, key: string | Asking) {
    const language = role === 'participant' ? { language: getLocale() } : {};
    const who = { protocol: PROTOCOL, ...language };
    const holds = (credential: string): Handshake => ({ ...who, role, credential });
    this.#asking = typeof key === 'string' ? null : key;
    const on: ServerEvents = {
      welcome: (view, seat, joined) => {
        this.#take(view);
        this.#seat = seat;
        this.#status = 'live';
        if (!joined) return;
        this.#line.auth = holds(joined.seat);
        this.#answer({ ok: true, ...joined });
      },
      view: (view) => {
        const gone = this.#view !== null && this.#view.epoch !== view.epoch;
        this.#take(view);
        // The store may have gone back in time: ask what still stands for this seat (R1).
        if (gone) void this.sync();
      },
      tick: (tick) => {
        this.#counts = tick.counts;
        const held = this.#view;
        if (held?.epoch !== tick.epoch || held.revision < tick.revision) void this.sync();
      },
      ended: (receipt) => this.#end(receipt),
      revoked: () => this.#refuse('revoked'),
    };
    const [place, auth]: [string, Handshake] =
      typeof key === 'string'
        ? [placeOf(key), holds(key)]
        : [key.place, { ...who, role: 'participant', join: key.join }];
    this.#line = new Line(location.origin, { [PLACE]: place }, auth, {
      down: () => {
        if (this.#status === 'live' || this.#status === 'connecting') this.#status = 'reconnecting';
        this.#failures += 1;
        if (this.#asking && this.#failures === JOIN_TRIES) this.#refuse('try-again');
      },
      refused: (reason = 'try-again') => {
        if (!this.#asking && (reason === 'try-again' || reason === 'slow-down'))
          this.#line.openIn(1000 + Math.random() * 2000);
        else this.#refuse(reason);
      },
      event: (name, payload) => {
        const heard = on[name as keyof ServerEvents] as ((...all: unknown[]) => void) | undefined;
        heard?.(...payload);
      },
    });
    window.addEventListener('offline', this.#probe);
    void this.#line.open();
  }

  /**
   * Takes a seat, on the line that stays; the same nonce takes the same one again (R2). Never throws.
   * @param place as the room's look-up tells it. @returns `try-again` also when no answer came
   */
  static join(join: JoinRequest, place: string): Promise<Ack<Joined>> {
    return new Promise((resolve) => {
      const live = new LiveSession('participant', {
        join,
        place,
        answered: (reply) => resolve(reply.ok ? { ...reply, live } : reply),
      });
    });
  }

  /** The newest view, or null before the first. Kept while reconnecting. */
  get view(): ViewOf[R] | null {
    return this.#view;
  }
  /** Newer than the view's own between two views. */
  get counts(): Counts | null {
    return this.#counts;
  }
  /** What the server holds for this seat, as of the last welcome, sync or counted ballot. */
  get seat(): SeatState | null {
    return this.#seat;
  }
  get status(): Status {
    return this.#status;
  }
  /** Why the server refused, when `status` is `refused`. */
  get reason(): Reason | null {
    return this.#reason;
  }
  get receipt(): Receipt | null {
    return this.#receipt;
  }
  /** The server's clock now, ms since 1970, as far as this face knows it. */
  serverNow(): number {
    return Date.now() + this.#clockOffset;
  }

  /** Sends one ballot. `try-again` also when no answer came in time: the same ballot may be sent again (R2). */
  async ballot(command: BallotCommand): Promise<Ack<{ version: number }>> {
    const reply = await this.#ask<{ version: number }>('ballot', command);
    if (reply.ok) this.#seat = { standing: { question: command.question, version: reply.version } };
    return reply;
  }

  command(command: HostCommand): Promise<Ack> {
    return this.#ask('command', command);
  }

  /** A host's: a new link for a role. */
  key(command: KeyCommand): Promise<Ack> {
    return this.#ask('key', command);
  }

  /** A host's: what was published so far, and the times. */
  report(): Promise<Ack<{ report: Report }>> {
    return this.#ask('report');
  }

  /** Ends the session and deletes everything. @param code the room's code, as a safety catch */
  async end(code: string): Promise<Ack<{ receipt: Receipt }>> {
    const reply = await this.#ask<{ receipt: Receipt }>('end', { code });
    if (reply.ok) this.#end(reply.receipt);
    return reply;
  }

  /** Asks for a fresh view; quiet when nobody answers: the next connection brings one. */
  async sync(): Promise<void> {
    const reply = await this.#ask<{ view: View; seat: SeatState | null }>('sync');
    if (!reply.ok) return;
    this.#take(reply.view);
    this.#seat = reply.seat;
  }

  close(): void {
    window.removeEventListener('offline', this.#probe);
    this.#line.close();
  }

  /**
   * The device says that its network is gone: without this the line would look alive until the next
   * ping fails, up to a minute later (R4). Where the server can be reached all the same, the line
   * is back at once.
   */
  #probe = (): void => {
    this.#line.doubt();
  };

  /** A question without an answer is told to try again; the server may still have done it. */
  async #ask<T extends object>(name: keyof ClientEvents, ...payload: unknown[]): Promise<Ack<T>> {
    try {
      return (await this.#line.ask(name, ...payload)) as Ack<T>;
    } catch {
      return { ok: false, reason: 'try-again' };
    }
  }

  /** An older revision of the same epoch was overtaken on its way: it changes nothing. */
  #take(view: View): void {
    const held = this.#view;
    if (held?.epoch === view.epoch && held.revision > view.revision) return;
    this.#clockOffset = view.now - Date.now();
    this.#view = view as ViewOf[R];
    this.#counts = view.counts;
  }

  #refuse(reason: Reason): void {
    // A credential that no longer opens anything: for those who hold one, the room has ended.
    this.#status = reason === 'unknown-room' ? 'ended' : 'refused';
    this.#reason = reason;
    this.close();
    this.#answer({ ok: false, reason });
  }

  #end(receipt: Receipt): void {
    this.#receipt = receipt;
    this.#status = 'ended';
    this.close();
    this.#answer({ ok: false, reason: 'unknown-room' });
  }

  #answer(reply: Ack<JoinReply>): void {
    this.#asking?.answered(reply);
    this.#asking = null;
  }
}

/**
 * One face's line to its session: the socket, the newest view, and the state of the connection.
 * A fresh view is always enough to go on (R3): it is replaced, never patched.
 */
import { io, type Socket } from 'socket.io-client';
import { PLACE, placeOf, PROTOCOL, type Handshake } from '#protocol/wire.ts';
import type {
  Ack,
  BallotCommand,
  ClientEvents,
  HostCommand,
  Receipt,
  SeatState,
  ServerEvents,
} from '#protocol/messages.ts';
import type { Reason } from '#protocol/reasons.ts';
import type { Report } from '#protocol/report.ts';
import type { Counts, HostView, ParticipantView, ScreenView, View } from '#protocol/views.ts';

interface ViewOf {
  host: HostView;
  screen: ScreenView;
  participant: ParticipantView;
}
export type Role = keyof ViewOf;

/** `refused` and `ended` are final: the socket is closed. */
export type Status = 'connecting' | 'live' | 'reconnecting' | 'refused' | 'ended';

/** A command that got no answer in this time is told to try again; the server may still have done it. */
const ACK_TIMEOUT_MS = 5000;

/** A face reads the getters and calls the verbs; it never sees the socket. */
export class LiveSession<R extends Role> {
  #socket: Socket<ServerEvents, ClientEvents>;
  #view = $state.raw<ViewOf[R] | null>(null);
  #counts = $state.raw<Counts | null>(null);
  #seat = $state.raw<SeatState | null>(null);
  #status = $state<Status>('connecting');
  #reason = $state<Reason | null>(null);
  #receipt = $state.raw<Receipt | null>(null);
  #clockOffset = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(role: R, credential: string) {
    const auth: Handshake = { protocol: PROTOCOL, role, credential };
    this.#socket = io({
      auth,
      query: { [PLACE]: placeOf(credential) },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      // With the jitter at most 4.3 s: whatever the outage, everybody is back within 5 s of its end.
      reconnectionDelayMax: 2500,
      randomizationFactor: 0.7,
      timeout: 5000,
    });
    this.#socket.on('welcome', (view, seat) => {
      this.#take(view);
      this.#seat = seat;
      this.#status = 'live';
    });
    this.#socket.on('view', (view) => {
      const gone = this.#view !== null && this.#view.epoch !== view.epoch;
      this.#take(view);
      // The store may have gone back in time: ask what still stands for this seat (R1).
      if (gone) void this.sync();
    });
    this.#socket.on('tick', (tick) => {
      this.#counts = tick.counts;
      const held = this.#view;
      if (held?.epoch !== tick.epoch || held.revision < tick.revision) void this.sync();
    });
    this.#socket.on('ended', (receipt) => this.#end(receipt));
    this.#socket.on('disconnect', (why) => {
      if (this.#status === 'live') this.#status = 'reconnecting';
      // The server closed this one socket on purpose (a drain, a limit): come back after a pause.
      if (why === 'io server disconnect') this.#connectLater(500 + Math.random() * 1500);
    });
    window.addEventListener('offline', this.#probe);
    this.#socket.on('connect_error', (error) => {
      const reason = (error as Error & { data?: { reason?: Reason } }).data?.reason;
      if (reason === undefined) {
        if (this.#status === 'live') this.#status = 'reconnecting';
      } else if (reason === 'try-again' || reason === 'slow-down') {
        this.#connectLater(1000 + Math.random() * 2000);
      } else {
        this.#refuse(reason);
      }
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
    const reply = await this.#ask(() => this.#line.emitWithAck('ballot', command));
    if (reply.ok) this.#seat = { standing: { question: command.question, version: reply.version } };
    return reply;
  }

  command(command: HostCommand): Promise<Ack> {
    return this.#ask(() => this.#line.emitWithAck('command', command));
  }

  /** A host's: what was published so far, and the times. */
  report(): Promise<Ack<{ report: Report }>> {
    return this.#ask(() => this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck('report'));
  }

  /** Ends the session and deletes everything. @param code the room's code, as a safety catch */
  async end(code: string): Promise<Ack<{ receipt: Receipt }>> {
    const reply = await this.#ask(() => this.#line.emitWithAck('end', { code }));
    if (reply.ok) this.#end(reply.receipt);
    return reply;
  }

  /** Asks for a fresh view; quiet when nobody answers: the next connection brings one. */
  async sync(): Promise<void> {
    const reply = await this.#ask(() => this.#line.emitWithAck('sync'));
    if (!reply.ok) return;
    this.#take(reply.view);
    this.#seat = reply.seat;
  }

  close(): void {
    window.removeEventListener('offline', this.#probe);
    this.#hangUp();
  }

  #connectLater(ms: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket.connect(), ms);
  }

  #hangUp(): void {
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  /**
   * The device says that its network is gone: without this the line would look alive until the next
   * ping fails, up to a minute later (R4). Where the server can be reached all the same, the line
   * is back at once.
   */
  #probe = (): void => {
    this.#socket.io.engine?.close();
  };

  get #line() {
    return this.#socket.timeout(ACK_TIMEOUT_MS);
  }

  async #ask<T extends object>(send: () => Promise<Ack<T>>): Promise<Ack<T>> {
    if (!this.#socket.connected) return { ok: false, reason: 'try-again' };
    try {
      return await send();
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
    this.#hangUp();
  }

  #end(receipt: Receipt): void {
    this.#receipt = receipt;
    this.#status = 'ended';
    this.#hangUp();
  }
}

/**
 * One line to the server: Socket.IO's documented protocol (version 5 over Engine.IO 4) as far as this
 * product speaks it: JSON events down, events with an acknowledgement up. The stock client weighs
 * 13.4 kB gzip of the phone's budget for what is 2 kB here; tests/server/line.test.ts holds this
 * against the real server.
 */
import type { Reason } from '#protocol/reasons.ts';

/** Carries packets as text, in order. `gone` is called once, unless the wire was closed from here. */
export interface Wire {
  send: (packet: string) => void;
  close: () => void;
}
/** @param address without `transport` */
export type OpenWire = (address: string, heard: (packet: string) => void, gone: () => void) => Wire;

export interface Listener {
  /** An attempt failed or the line broke. The next attempt comes by itself. */
  down: () => void;
  /** The server said no, by a reason or without: no attempt follows until `open`. */
  refused: (reason: Reason | undefined) => void;
  event: (name: string, payload: unknown[]) => void;
}

/** From the attempt to being let in. */
const CONNECT_MS = 5000;
/** An answer that takes longer counts as none. */
const ANSWER_MS = 5000;
const FIRST_PAUSE_MS = 300;
/** With the jitter at most 4.3 s: whatever the outage, everybody is back within 5 s of its end. */
const LONGEST_PAUSE_MS = 2500;
/** A whole room comes back at once: everyone waits another time. */
const JITTER = 0.7;
/** A server that hangs up on purpose (a drain, a limit) is given a moment. */
const SENT_AWAY_MS = 500;
const SENT_AWAY_JITTER_MS = 1500;
/** A proxy may let no WebSocket through: after so many failures one attempt goes by polling. */
const SOCKET_TRIES = 2;
/** The same where one worked before: the server is only away, and polling would cost it more. */
const PROVEN_SOCKET_TRIES = 8;

interface Waiting {
  settle: (replies: unknown[]) => void;
  fail: (error: Error) => void;
}

export class Line {
  #address: string;
  #auth: string;
  #listener: Listener;
  #wire: Wire | null = null;
  /** Of the present attempt: what comes from an earlier one is not heard. */
  #attempt = 0;
  #connected = false;
  #failures = 0;
  #socketWorks = false;
  #pollingWorks = false;
  #heartbeatMs = 0;
  #silentAt = Infinity;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #waiting = new Map<number, Waiting>();
  #asked = 0;

  /**
   * @param origin the server's, `http(s)://host:port`
   * @param query goes into the address, for proxies: nothing secret
   */
  constructor(origin: string, query: Record<string, string>, auth: object, listener: Listener) {
    const search = new URLSearchParams({ ...query, EIO: '4' });
    this.#address = `${origin}/socket.io/?${search.toString()}`;
    this.#auth = JSON.stringify(auth);
    this.#listener = listener;
  }

  /** What every attempt from now on says who one is. */
  set auth(auth: object) {
    this.#auth = JSON.stringify(auth);
  }

  get connected(): boolean {
    return this.#connected;
  }

  get #pollsFirst(): boolean {
    return this.#pollingWorks && !this.#socketWorks;
  }

  /** Starts an attempt now; one under way is given up. */
  async open(): Promise<void> {
    this.close();
    const attempt = this.#attempt;
    const tries = this.#socketWorks ? PROVEN_SOCKET_TRIES : SOCKET_TRIES;
    // Where only polling ever worked, it comes first: those phones are back as soon as the others.
    const polls = (this.#failures % (tries + 1) === tries) !== this.#pollsFirst;
    const current = () => attempt === this.#attempt;
    const gone = () => {
      if (current()) this.#lost();
    };
    const heard = (packet: string) => {
      if (!current()) return;
      if (polls) this.#pollingWorks = true;
      else this.#socketWorks = true;
      this.#heard(packet);
    };
    this.#clock = setTimeout(gone, CONNECT_MS);
    try {
      const openWire = polls ? (await import('./polling.ts')).overPolling : overSocket;
      if (current()) this.#wire = openWire(this.#address, heard, gone);
    } catch {
      gone();
    }
  }

  /** Hangs up; nothing is heard until `open`. Questions under way fail. */
  close(): void {
    this.#attempt += 1;
    this.#connected = false;
    clearTimeout(this.#clock);
    this.#wire?.close();
    this.#wire = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { fail } of waiting) fail(new Error('the line is down'));
  }

  /** Opens again after a pause. @param ms milliseconds */
  openIn(ms: number): void {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => void this.open(), ms);
  }

  /** The device says that the line cannot be right: gives it up and tries at once. */
  doubt(): void {
    if (this.#wire) this.#lost();
  }

  /** Sends an event. @returns what the server acknowledged it with; rejects when no answer comes */
  ask(name: string, ...payload: unknown[]): Promise<unknown> {
    // A device that slept kept no time: it finds the line dead before its clock says so.
    if (Date.now() > this.#silentAt) this.doubt();
    if (!this.#connected) return Promise.reject(new Error('the line is down'));
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      const clock = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error('no answer'));
        // The server answers within 2 s, whatever its store does: a line that swallows answers is none (R4).
        this.doubt();
      }, ANSWER_MS);
      this.#waiting.set(id, {
        settle: ([reply]) => {
          clearTimeout(clock);
          resolve(reply);
        },
        fail: (error) => {
          clearTimeout(clock);
          reject(error);
        },
      });
      this.#wire?.send(`42${id}${JSON.stringify([name, ...payload])}`);
    });
  }

  #lost(pause = this.#pause()): void {
    this.close();
    this.#failures += 1;
    this.openIn(pause);
    this.#listener.down();
  }

  #pause(): number {
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    return ms * (1 - JITTER + 2 * JITTER * Math.random());
  }

  #heard(packet: string): void {
    switch (packet[0]) {
      case '0': {
        const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1)) as Record<string, number>;
        this.#heartbeatMs = (pingInterval ?? 0) + (pingTimeout ?? 0);
        this.#wire?.send(`40${this.#auth}`);
        break;
      }
      case '1':
        this.#lost();
        break;
      case '2':
        this.#wire?.send('3');
        this.#listen();
        break;
      case '4':
        this.#message(packet[1], packet.slice(2));
        break;
      default: // probes and upgrades, which this side never begins
    }
  }

  #message(kind: string | undefined, text: string): void {
    switch (kind) {
      case '0':
        this.#connected = true;
        this.#failures = 0;
        this.#listen();
        break;
      case '1':
        this.#lost(SENT_AWAY_MS + Math.random() * SENT_AWAY_JITTER_MS);
        break;
      case '2': {
        const [name, ...payload] = JSON.parse(text) as unknown[];
        this.#listener.event(String(name), payload);
        break;
      }
      case '3': {
        const start = text.indexOf('[');
        const id = Number(text.slice(0, start));
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        waiting?.settle(JSON.parse(text.slice(start)) as unknown[]);
        break;
      }
      case '4': {
        const { data } = JSON.parse(text) as { data?: { reason?: Reason } };
        this.close();
        this.#listener.refused(data?.reason);
        break;
      }
      default: // binary, which the server never sends
    }
  }

  /** From now on the server has one heartbeat's time to be heard again. */
  #listen(): void {
    this.#silentAt = Date.now() + this.#heartbeatMs;
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => this.#lost(), this.#heartbeatMs);
  }
}

function overSocket(address: string, heard: (packet: string) => void, gone: () => void): Wire {
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}&transport=websocket`);
  socket.onmessage = ({ data }) => heard(String(data));
  socket.onclose = gone;
  return { send: (packet) => socket.send(packet), close: () => socket.close() };
}

/** The server's side of a ballot as design.md states it, and a phone made of the real decisions. */
import type { BallotCommand } from '#protocol/messages.ts';
import {
  answered,
  decide,
  due,
  heardRound,
  heardStanding,
  leaving,
  stateOf,
  type Ballot,
  type BallotAck,
  type BallotState,
  type Draft,
  type Round,
} from '../../../src/lib/seat/ballot.ts';

export const QUESTION = 'q.one';

export function draft(cell: number): Draft {
  return { question: QUESTION, title: 'A question', choice: { cell }, words: [`answer ${cell}`] };
}

interface Held {
  version: number;
  nonce: string;
  cell: number;
}

/** Keeps the newest version; the same one again is answered again; another nonce is a conflict. */
export class ModelServer {
  status: 'ready' | 'open' | 'closed' = 'open';
  held: Held | null = null;
  #snapshot: Held | null = null;

  snapshot(): void {
    this.#snapshot = this.held;
  }

  /** The embedded engine after kill -9: a moment earlier, never before a close. */
  restart(): void {
    if (this.status === 'open') this.held = this.#snapshot;
  }

  take({ version, nonce, choice }: BallotCommand): BallotAck {
    const cell = 'cell' in choice ? choice.cell : -1;
    if (this.status !== 'open') return { ok: false, reason: 'round-closed' };
    if (!this.held || version > this.held.version) this.held = { version, nonce, cell };
    else if (version === this.held.version && nonce !== this.held.nonce)
      return { ok: false, reason: 'conflict' };
    return { ok: true, version: this.held.version };
  }
}

/** A tab. `shared`: the ballot as kept in storage, so tabs given the same object see each other. */
export class ModelTab {
  #shared: { ballot: Ballot | undefined };
  #round: Round;
  #nonces: () => string;
  /** Commands on the line to the server, and answers on the line back. */
  out: BallotCommand[] = [];
  back: { command: BallotCommand; reply: BallotAck }[] = [];

  constructor(shared: { ballot: Ballot | undefined }, nonces: () => string) {
    this.#shared = shared;
    this.#round = { question: QUESTION, status: 'open' };
    this.#nonces = nonces;
  }

  get ballot(): Ballot | undefined {
    return this.#shared.ballot;
  }

  get state(): BallotState | null {
    return this.ballot ? stateOf(this.ballot, true) : null;
  }

  decide(cell: number, sends: boolean): void {
    this.#shared.ballot = decide(this.ballot, draft(cell), sends, this.#nonces());
  }

  /** Puts on the line what is due, as a flush or a retry does. */
  flush(): void {
    const command = this.ballot && due(this.ballot, this.#round);
    if (!command) return;
    this.#change((ballot) => leaving(ballot, command));
    this.out.push(command);
  }

  /** The oldest command reaches the server; its answer starts on the way back. */
  reach(server: ModelServer): void {
    const command = this.out.shift();
    if (command) this.back.push({ command, reply: server.take(command) });
  }

  hear(): void {
    const answer = this.back.shift();
    if (answer)
      this.#change((ballot) => answered(ballot, answer.command, answer.reply, this.#nonces()));
  }

  /** A new connection: what was on the line is lost, a welcome says how things stand. */
  reconnect(server: ModelServer): void {
    this.out = [];
    this.back = [];
    this.#round = { question: QUESTION, status: server.status };
    this.#change((ballot) => heardRound(ballot, this.#round));
    const standing = server.held?.version ?? 0;
    this.#change((ballot) => heardStanding(ballot, standing, server.status === 'closed'));
  }

  #change(change: (ballot: Ballot) => Ballot): void {
    if (this.#shared.ballot) this.#shared.ballot = change(this.#shared.ballot);
  }
}

/** Lets everything come to rest: connect, send, answer, until nothing is due. */
export function settle(server: ModelServer, tabs: readonly ModelTab[]): void {
  for (let turn = 0; turn < 12; turn++)
    for (const tab of tabs) {
      if (turn === 0) tab.reconnect(server);
      tab.flush();
      while (tab.out.length > 0) tab.reach(server);
      while (tab.back.length > 0) tab.hear();
    }
}

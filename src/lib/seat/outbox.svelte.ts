/**
 * Sends what the seat decided to send, one at a time, until the server has answered. Every decision
 * is a pure function of ballot.ts; here is only the line, the clock and the order.
 */
import type { BallotCommand } from '#protocol/messages.ts';
import {
  answered,
  decide,
  due,
  heardEnd,
  heardRound,
  heardStanding,
  leaving,
  owesAnAnswer,
  stateOf,
  type BallotAck,
  type BallotState,
  type Draft,
  type Round,
} from './ballot.ts';
import { randomId } from './random.ts';
import type { Seat } from './seat.svelte.ts';

/** After a “try again” the server gets this long to come back; with jitter, because a whole room asks. */
const RETRY_MS = 1200;

/** @returns the server's answer, or `try-again` when none came; never throws */
export type SendBallot = (command: BallotCommand) => Promise<BallotAck>;

export class Outbox {
  #seat: Seat;
  #send: SendBallot;
  #ask: () => void;
  #online = $state(false);
  #round: Round = null;
  #busy = false;
  #retry: ReturnType<typeof setTimeout> | null = null;

  /** @param ask asks the server what stands: its answer comes by `heardStanding` */
  constructor(seat: Seat, send: SendBallot, ask: () => void) {
    this.#seat = seat;
    this.#send = send;
    this.#ask = ask;
  }

  /** Chooses to send: a first answer or a change of mind. */
  send(draft: Draft): void {
    this.#decide(draft, true);
    void this.#flush();
  }

  /** Chooses to keep it: nothing more leaves the phone (DISC-8). */
  keep(draft: Draft): void {
    this.#decide(draft, false);
  }

  /** What may be said of this question's ballot; null while there is none (R4). */
  state(question: string): BallotState | null {
    const ballot = this.#seat.ballot(question);
    return ballot ? stateOf(ballot, this.#online) : null;
  }

  /** The line went up or down. */
  connected(online: boolean): void {
    this.#online = online;
    if (online) void this.#flush();
  }

  /** The room is at a step with this round, or at one without. */
  heardRound(round: Round): void {
    const closes = round?.status === 'closed' && this.#round?.status === 'open';
    this.#round = round;
    for (const question of this.#questions())
      this.#seat.changeBallot(question, (ballot) => ballot && heardRound(ballot, round));
    const ballot = round ? this.#seat.ballot(round.question) : undefined;
    if (closes && ballot && owesAnAnswer(ballot)) this.#ask();
    void this.#flush();
  }

  /** What a fresh connection says of the round the room is at; call `heardRound` first. */
  heardStanding(version: number): void {
    const round = this.#round;
    if (!round || round.status === 'ready') return;
    const closed = round.status === 'closed';
    this.#seat.changeBallot(
      round.question,
      (ballot) => ballot && heardStanding(ballot, version, closed),
    );
    void this.#flush();
  }

  heardEnd(): void {
    for (const question of this.#questions())
      this.#seat.changeBallot(question, (ballot) => ballot && heardEnd(ballot));
  }

  close(): void {
    this.#online = false;
    if (this.#retry) clearTimeout(this.#retry);
  }

  #decide(draft: Draft, sends: boolean): void {
    const language = this.#seat.record?.language ?? '';
    const told = { ...draft, language };
    this.#seat.changeBallot(draft.question, (held) => decide(held, told, sends, randomId()));
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    let command = this.#next();
    while (this.#online && command) {
      const going = command;
      const { question } = going;
      this.#seat.changeBallot(question, (ballot) => ballot && leaving(ballot, going));
      const reply = await this.#send(going);
      const nonce = randomId();
      this.#seat.changeBallot(
        question,
        (ballot) => ballot && answered(ballot, going, reply, nonce),
      );
      if (!reply.ok && (reply.reason === 'try-again' || reply.reason === 'slow-down')) {
        this.#later();
        break;
      }
      // Closed before it was heard, or counted and only the ack got lost: the server knows.
      if (!reply.ok && reply.reason === 'round-closed') this.#ask();
      command = this.#next();
    }
    this.#busy = false;
  }

  #later(): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#flush(), RETRY_MS * (1 + Math.random()));
  }

  #next(): BallotCommand | null {
    for (const question of this.#questions()) {
      const ballot = this.#seat.ballot(question);
      const command = ballot ? due(ballot, this.#round) : null;
      if (command) return command;
    }
    return null;
  }

  #questions(): string[] {
    return Object.keys(this.#seat.record?.ballots ?? {});
  }
}

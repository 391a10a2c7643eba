/**
 * The network of one phone, below the product's own line: a WebSocket that loses acks, doubles ballots,
 * brings old ones late and is cut. A line opened within `run`, whenever, goes through it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { NO_MISCHIEF, type PhoneOptions } from './mischief.ts';

export interface Network {
  run: <T>(open: () => T) => T;
  /** Why nodes refused a handshake. */
  refusals: readonly string[];
  /** Breaks a line in the middle of whatever it does. */
  cut: (line: number) => void;
}

interface Way extends Pick<PhoneOptions, 'mischief' | 'mishap' | 'pollsOnly'> {
  refusals: string[];
  lines: Set<Socket>;
}

const ways = new AsyncLocalStorage<Way>();
const Real = globalThis.WebSocket;
/** Ids that no line of ours asks under: nobody waits for the answer to a copy. */
const COPIES = 1_000_000;
let copies = COPIES;

export function networkOf(options: Pick<Way, 'mischief' | 'mishap' | 'pollsOnly'>): Network {
  const way: Way = { ...options, refusals: [], lines: new Set() };
  globalThis.WebSocket = Socket as unknown as typeof WebSocket;
  return {
    run: (open) => ways.run(way, open),
    refusals: way.refusals,
    cut: (line) => {
      const lines = [...way.lines];
      if (lines.length === 0) return;
      way.mishap?.('line cut');
      lines[line % lines.length]?.cut();
    },
  };
}

/** The part of a WebSocket that a line uses. */
class Socket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #way: Way;
  readonly #real: WebSocket | null;
  /** Questions on this line that are ballots. */
  readonly #ballots = new Set<string>();
  #cut = false;

  constructor(address: string) {
    const way = ways.getStore();
    if (!way) throw new Error('a line outside every network');
    this.#way = way;
    this.#real = way.pollsOnly ? null : new Real(address);
    if (!this.#real) {
      queueMicrotask(() => this.cut());
      return;
    }
    way.lines.add(this);
    this.#real.onmessage = ({ data }) => this.#heard(String(data));
    this.#real.onclose = () => this.cut();
  }

  send(packet: string): void {
    this.copy(packet);
    const [, id, body] = /^42(\d+)(\["ballot",.*)$/s.exec(packet) ?? [];
    if (id === undefined || body === undefined) return;
    this.#ballots.add(id);
    const { mischief = NO_MISCHIEF, mishap, lines } = this.#way;
    const again = () => [...lines].at(-1)?.copy(`42${copies++}${body}`);
    if (mischief.double()) {
      mishap?.('ballot doubled');
      again();
    }
    const late = mischief.late();
    if (late === null) return;
    mishap?.('ballot late');
    setTimeout(again, late).unref();
  }

  copy(packet: string): void {
    if (this.#real?.readyState === Real.OPEN) this.#real.send(packet);
  }

  close(): void {
    this.#way.lines.delete(this);
    this.#cut = true;
    this.#real?.close();
  }

  cut(): void {
    if (this.#cut) return;
    this.close();
    ways.run(this.#way, () => this.onclose?.());
  }

  #heard(packet: string): void {
    if (this.#cut) return;
    const { mischief = NO_MISCHIEF, mishap } = this.#way;
    const [, refusal] = /^44.*"reason":"([\w-]+)"/.exec(packet) ?? [];
    if (refusal !== undefined) this.#way.refusals.push(refusal);
    const [, answered = ''] = /^43(\d+)\[/.exec(packet) ?? [];
    if (this.#ballots.delete(answered)) {
      if (mischief.dropAck()) {
        mishap?.('ack dropped');
        return this.cut();
      }
      if (mischief.swallowAck()) return mishap?.('ack swallowed');
    }
    ways.run(this.#way, () => this.onmessage?.({ data: packet }));
  }
}

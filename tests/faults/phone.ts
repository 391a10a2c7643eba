/**
 * A phone on a bad network. What it sends, believes and says of its ballot is the product's own: its
 * line, its outbox and its seat, in as many tabs as it has nodes to talk to.
 */
import { setMaxListeners } from 'node:events';
import type { ParticipantView } from '#protocol/views.ts';
import type { BallotState } from '../../src/lib/seat/ballot.ts';
import type { Backing } from '../../src/lib/seat/storage.ts';
import type { PhoneOptions } from './mischief.ts';
import { networkOf } from './network.ts';
import { openTab } from './runes.ts';
import type { Shown } from './tab.svelte.ts';

export interface FaultyPhone {
  credential: string;
  /** Chooses to send, a first answer or a change of mind; nothing when the round is not open. */
  answer: (question: string, cell: number) => void;
  /** What its tabs say of its ballot (R4). */
  states: () => (BallotState | null)[];
  /** The same in one: that it is counted, it says when all of them do. */
  state: () => BallotState | null;
  /** Everything it has ever shown as counted: version and cell (R1). */
  claims: ReadonlyMap<number, number>;
  /** What went onto a line under each version, counted or not. */
  sent: ReadonlyMap<number, number>;
  /** The newest view of any tab. */
  view: () => ParticipantView | null;
  /** Connections that were served, and tabs that are live now. */
  welcomes: () => number;
  linesUp: () => number;
  /** The room is gone, as a face says it. */
  ended: () => boolean;
  refusals: readonly string[];
  /** The version that the store has of it, by the store; 0: none, or nobody answers. */
  standing: () => Promise<number>;
  /** Loses a line in the middle of whatever it does. */
  cut: (line: number) => void;
  close: () => void;
}

let phones = 0;

/** @param question the one that it is asked for */
export function openPhone(question: string, options: PhoneOptions): FaultyPhone {
  const { urls, credential } = options;
  const network = networkOf(options);
  let welcomes = 0;
  const claims = new Map<number, number>();
  const sent = new Map<number, number>();
  const kept = { name: `phone ${phones++}`, backing: storage(urls.length > 1) };
  let view: ParticipantView | null = null;
  const shown: Shown = {
    welcome: () => welcomes++,
    view: (newest) => {
      if (view?.epoch !== newest.epoch || view.revision <= newest.revision) view = newest;
    },
    sent: ({ version, choice }) => {
      if ('cell' in choice) sent.set(version, choice.cell);
    },
    state: (state) => {
      if (state?.is !== 'counted') return;
      // Of a version that this phone never sent nobody could tell what it says.
      claims.set(state.version, sent.get(state.version) ?? NaN);
    },
  };
  const tabs = urls.map((url) =>
    network.run(() => at(url, () => openTab(credential, kept, question, shown))),
  );
  const up = () => tabs.filter(({ live }) => live.status === 'live');
  const states = () => tabs.map(({ outbox }) => outbox.state(question));
  let turn = 0;
  return {
    credential,
    answer: (asked, cell) => {
      if (view?.round?.status !== 'open') return;
      const ways = up().length > 0 ? up() : tabs;
      const draft = { question: asked, title: '', choice: { cell }, words: [] };
      network.run(() => ways[turn++ % ways.length]?.outbox.send(draft));
    },
    states,
    state: () => states().find((state) => state?.is !== 'counted') ?? states()[0] ?? null,
    claims,
    sent,
    view: () => view,
    welcomes: () => welcomes,
    linesUp: () => up().length,
    ended: () => tabs.every(({ live }) => live.status === 'ended'),
    refusals: network.refusals,
    standing: async () => {
      const [some] = up();
      const before = some?.live.seat;
      await some?.live.sync();
      const told = some?.live.seat;
      return told === before ? 0 : (told?.standing?.version ?? 0);
    },
    cut: network.cut,
    close: () => tabs.forEach((tab) => tab.close()),
  };
}

/** What a page finds in its browser: its own address, and a window that hears of other tabs' writing. */
const page = globalThis as unknown as { window?: EventTarget; location?: { origin: string } };
page.window ??= new EventTarget();
setMaxListeners(0, page.window);

function at<T>(origin: string, open: () => T): T {
  page.location = { origin };
  return open();
}

/** @param shared other tabs hear of it, a moment later */
function storage(shared: boolean): Backing {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => {
      items.set(key, value);
      const tell = () => page.window?.dispatchEvent(Object.assign(new Event('storage'), { key }));
      if (shared) setImmediate(tell);
    },
  };
}

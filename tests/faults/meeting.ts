/** A room in the middle of a vote, with phones on bad lines; and what became of every ballot. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { POLICIES } from '#core/disclosure.ts';
import { publish, type Round } from '#core/round.ts';
import { keysOf } from '#server/store/keys.ts';
import type { Ack } from '#protocol/messages.ts';
import type { HostView, View } from '#protocol/views.ts';
import { workshopRounds } from '../attacks/held.ts';
import { command, connectHost, createSession, goTo, joinSeat, type Face } from '../setup/room.ts';
import type { BallotState } from '../../src/lib/seat/ballot.ts';
import type { PhoneOptions } from './mischief.ts';
import { openPhone, type FaultyPhone } from './phone.ts';

export const QUESTION = 'myth-depth';
export const CELLS = 3;

export interface Meeting {
  sid: string;
  code: string;
  host: Face<HostView>;
  phones: FaultyPhone[];
  /** Presses until the round is closed, through whatever happens, and waits until all have heard. */
  closeRound: () => Promise<void>;
  hangUp: () => void;
}

type Per = (index: number) => Omit<PhoneOptions, 'credential'>;

/**
 * @param urls of the nodes: the host is at the first one
 * @param per what each phone's lines are like
 */
export async function meet(urls: readonly string[], people: number, per: Per): Promise<Meeting> {
  const [first = ''] = urls;
  const made = await createSession(first);
  const host = await connectHost(first, made.host);
  comesBack(host);
  const seats = await Promise.all(
    Array.from({ length: people }, (_, at) => joinSeat(urls[at % urls.length] ?? first, made.code)),
  );
  const phones = seats.map(({ seat }, at) => openPhone(QUESTION, { ...per(at), credential: seat }));
  await until('everybody is in', () => phones.every((phone) => phone.view()));
  await goTo(host, 'myth', 'open');
  const { revision } = host.view();
  await until('everybody is at the vote', () =>
    phones.every((phone) => (phone.view()?.revision ?? 0) >= revision),
  );
  return {
    sid: made.host.split('.')[0] ?? '',
    code: made.code,
    host,
    phones,
    closeRound: async () => {
      let said: unknown = null;
      const closing = () => `the host closes; ${JSON.stringify([said, host.socket.connected])}`;
      await until(closing, async () => {
        const { cursor, round } = host.view();
        if (round?.status === 'closed') return true;
        const to = { ...cursor, stage: 'closed' };
        said = await command(host, { do: 'move', from: cursor, to, confirm: true }).catch(String);
        return false;
      });
      await until('the host sees the release', () => host.view().release !== null);
      await until(
        () =>
          `everybody knows that it is closed; ${phones.filter(unsettled).map(described).join()}`,
        () => !phones.some(unsettled),
      );
    },
    hangUp: () => {
      host.close();
      phones.forEach((phone) => phone.close());
    },
  };
}

/**
 * As the console does when a node that has just started, or its store, asks it to try again, and when a
 * tick tells that it has missed a view.
 */
function comesBack({ socket, view }: Face<HostView>): void {
  socket.on('tick', ({ epoch, revision }) => {
    if (view().epoch === epoch && view().revision >= revision) return;
    const asked = socket.timeout(5_000).emitWithAck('sync') as Promise<Ack<{ view: View }>>;
    void asked
      .then((reply) => {
        if (reply.ok) socket.listeners('view').forEach((take) => take(reply.view));
      })
      .catch(() => undefined);
  });
  const again = () => setTimeout(() => socket.connect(), 300).unref();
  socket.off('connect_error').on('connect_error', (error) => {
    if ('data' in error) again();
  });
  socket.on('disconnect', (why) => {
    if (why === 'io server disconnect') again();
  });
}

/** It has not heard of the close, or has not said its last word on its ballot. */
function unsettled(phone: FaultyPhone): boolean {
  const is = phone.state()?.is;
  return phone.view()?.round?.status !== 'closed' || is === 'saving' || is === 'offline';
}

function described(phone: FaultyPhone): string {
  const { cursor, revision } = phone.view() ?? {};
  const all = {
    state: phone.state(),
    cursor,
    revision,
    lines: phone.linesUp(),
    no: phone.refusals,
  };
  return JSON.stringify(all);
}

export interface Account {
  /** Ballots in the release. */
  counted: number;
  /** Seats that were shown “counted” for a version that is not, or whose newest claim is not what was counted. */
  lost: number;
  /** Ballots in the release beyond one for each seat. */
  twice: number;
  /** Phones whose last word is not what happened (R4). */
  untrue: number;
  /** What phones said and what was so, where they differ. */
  notes: string[];
}

/**
 * Compares what was published, and the store's list of what was counted, with what phones showed.
 * @param list version by seat hash; null where only what phones hear can be asked
 */
export async function account(
  { host, phones }: Meeting,
  list: ReadonlyMap<string, number>,
): Promise<Account> {
  const round = await roundOf();
  const result: Account = { counted: list.size, lost: 0, twice: 0, untrue: 0, notes: [] };
  const cells: number[] = [];
  for (const phone of phones) {
    const version = list.get(seatHash(phone.credential)) ?? 0;
    const newest = Math.max(0, ...phone.claims.keys());
    if (newest > version) result.lost++;
    const untrue = phone
      .states()
      .filter((state) => state?.is !== 'unsure' && saysCounted(state) !== version);
    if (untrue.length > 0) result.untrue++;
    if (newest > version || untrue.length > 0)
      result.notes.push(`counted ${version}, claimed ${newest}, says ${JSON.stringify(untrue)}`);
    const cell = phone.sent.get(version);
    if (cell !== undefined) cells.push(cell);
  }
  const expected = publish(
    round,
    cells.map((cell) => ({ cell })),
    POLICIES.standard,
  );
  const { release } = host.view();
  const { main } = release ?? {};
  if (main?.outcome === 'spread') {
    const sum = main.counts.reduce((total, count) => total + count, 0);
    result.twice += Math.max(0, sum - phones.length, sum - list.size);
    result.lost += Math.max(0, list.size - sum);
  }
  if (list.size > phones.length) result.twice += list.size - phones.length;
  if (JSON.stringify(main) !== JSON.stringify(expected.main)) {
    result.lost++;
    result.notes.push(`published ${JSON.stringify(main)}, not ${JSON.stringify(expected.main)}`);
  }
  return result;
}

/** The version that a phone shows as counted; 0: none. */
function saysCounted(state: BallotState | null): number {
  if (!state) return 0;
  switch (state.is) {
    case 'refused':
      return 0;
    case 'counted':
    case 'elsewhere':
      return state.version;
    default:
      return state.counted;
  }
}

/** Seats and versions that a settled round left in Redis. */
export async function countedIn(redisUrl: string, sid: string): Promise<Map<string, number>> {
  const client = createClient({ url: redisUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const all = await client.zRangeWithScores(keysOf(sid).counted(QUESTION), 0, -1);
    return new Map(all.map(({ value, score }) => [value, score]));
  } finally {
    client.destroy();
  }
}

/** The same by what the store answers to each phone. */
export async function standingsOf({ phones }: Meeting): Promise<Map<string, number>> {
  const all = await Promise.all(
    phones.map(async (phone) => [seatHash(phone.credential), await phone.standing()] as const),
  );
  return new Map(all.filter(([, version]) => version > 0));
}

export function seatHash(credential: string): string {
  return createHash('sha256')
    .update(credential.split('.')[1] ?? '')
    .digest('base64url');
}

let rounds: Promise<Map<string, Round>> | null = null;
async function roundOf(): Promise<Round> {
  const round = (await (rounds ??= workshopRounds())).get(QUESTION);
  if (!round) throw new Error('the workshop has no such question');
  return round;
}

/** Looks every 25 ms. @throws Error saying what was waited for, after `ms` */
export async function until(
  what: string | (() => string),
  test: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<void> {
  const latest = performance.now() + ms;
  while (!(await test())) {
    if (performance.now() > latest)
      throw new Error(`waited in vain: ${typeof what === 'string' ? what : what()}`);
    await sleep(25);
  }
}

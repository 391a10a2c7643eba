/** Some rooms that vote at once on one ground while its processes are killed and their own lines fail. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack } from '#protocol/messages.ts';
import { chance, type Chance } from './chance.ts';
import { planFaults, strike, whole, type Fault, type Ground } from './ground.ts';
import {
  account,
  CELLS,
  countedIn,
  meet,
  QUESTION,
  standingsOf,
  until,
  type Account,
  type Meeting,
} from './meeting.ts';
import type { Mischief, Mishap } from './mischief.ts';
import type { FaultyPhone } from './phone.ts';

export type Tally = Partial<Record<Fault | Mishap, number>>;

export interface Wave {
  accounts: Account[];
  tally: Tally;
}

const VOTE_MS = 1_200;

/** @param rooms how many runs */
export async function wave(ground: Ground, seed: number, rooms: number): Promise<Wave> {
  const of = chance(seed);
  const tally: Tally = {};
  const mishap = (what: Fault | Mishap) => (tally[what] = (tally[what] ?? 0) + 1);
  await whole(ground);
  const meetings = await Promise.all(
    Array.from({ length: rooms }, (_, at) => convene(ground, of.fork(at), mishap)),
  );
  const dice = of.fork(1_000);
  const faults = inTurn(ground, planFaults(ground, dice), dice, mishap);
  try {
    const votes = meetings.map((meeting, at) => vote(ground, meeting, of.fork(2_000 + at), faults));
    await Promise.all([faults, ...votes]);
    await whole(ground);
    const accounts = await Promise.all(meetings.map((meeting) => settle(ground, meeting)));
    return { accounts, tally };
  } finally {
    await faults.catch(() => undefined);
    meetings.forEach((meeting) => meeting.hangUp());
  }
}

/** Six to nine people, some with a second line to the other node. */
function convene({ nodes }: Ground, of: Chance, mishap: (what: Mishap) => void): Promise<Meeting> {
  const urls = nodes.map(({ url }) => url);
  return meet(urls, 6 + of.whole(4), (at) => {
    const own = of.fork(at);
    const first = own.whole(urls.length);
    const turned = [...urls.slice(first), ...urls.slice(0, first)];
    return {
      urls: own.happens(0.4) ? turned : turned.slice(0, 1),
      mischief: mischiefOf(own),
      mishap,
    };
  });
}

function mischiefOf(of: Chance): Mischief {
  return {
    dropAck: () => of.happens(0.15),
    swallowAck: () => of.happens(0.03),
    double: () => of.happens(0.2),
    late: () => (of.happens(0.2) ? of.whole(900) : null),
  };
}

/** One fault after the other: of two at once on one process only one would happen. */
async function inTurn(
  ground: Ground,
  plan: { at: number; fault: Fault }[],
  of: Chance,
  happened: (fault: Fault) => void,
): Promise<void> {
  const since = performance.now();
  for (const { at, fault } of [...plan].sort((one, other) => one.at - other.at)) {
    await sleep(Math.max(0, at - (performance.now() - since)));
    happened(fault);
    await strike(ground, fault, of);
  }
}

async function vote(
  ground: Ground,
  meeting: Meeting,
  of: Chance,
  faults: Promise<void>,
): Promise<void> {
  const minds = meeting.phones.map((phone, at) => answerAndChange(phone, of.fork(at)));
  const inTheMiddle = of.happens(0.6);
  const closesAt = 200 + of.whole(VOTE_MS);
  if (ground.redis && inTheMiddle) {
    await sleep(closesAt);
    return Promise.all([meeting.closeRound(), ...minds]).then(() => undefined);
  }
  await Promise.all(minds);
  // The embedded store may be a second behind: phones offer again what it lost, as long as it is open.
  await faults;
  await whole(ground);
  await until('all back and counted', () =>
    meeting.phones.every((phone) => phone.linesUp() > 0 && phone.state()?.is === 'counted'),
  );
  if (!ground.redis) await allStand(meeting);
  await meeting.closeRound();
}

async function answerAndChange(phone: FaultyPhone, of: Chance): Promise<void> {
  for (let minds = 1 + of.whole(3); minds > 0; minds--) {
    await sleep(of.whole(VOTE_MS / 2));
    phone.answer(QUESTION, of.whole(CELLS));
    if (of.happens(0.25)) phone.cut(of.whole(2));
  }
}

/** What every phone believes is what the store has. */
async function allStand(meeting: Meeting): Promise<void> {
  await until('the store has what every phone shows', async () => {
    const standing = await Promise.all(meeting.phones.map((phone) => phone.standing()));
    return meeting.phones.every((phone, at) => {
      const state = phone.state();
      return state?.is === 'counted' && state.version === standing[at];
    });
  });
}

async function settle({ redis }: Ground, meeting: Meeting): Promise<Account> {
  const list = redis ? await countedIn(redis.url, meeting.sid) : await standingsOf(meeting);
  const told = await account(meeting, list);
  await until('the session is ended', async () => {
    const { host, code } = meeting;
    const reply = await (
      host.socket.timeout(5_000).emitWithAck('end', { code }) as Promise<Ack>
    ).catch(() => null);
    return reply?.ok === true || !host.socket.active;
  });
  return told;
}

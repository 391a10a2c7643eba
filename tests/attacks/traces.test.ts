/** T11: whether what lies around a ballot, or where it lies, tells what it says or who came when. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../setup/engines.ts';
import { ballot, create, newSeatToken, open, round, takeSeat } from '../server/store/stores.ts';
import { readAll, readAppendOnly, type Entry } from './at-rest.ts';
import { startHeld } from './held.ts';
import { openRoom, playAll, type Act, type Answering } from './played.ts';

const PEOPLE = 24;
/** Redis may write its append-only file so much later. */
const WRITTEN_MS = 2_500;

describe('T11 on a real Redis', () => {
  test('two sessions with other answers leave the same commands in the same order, until the close', async () => {
    const app = await startHeld('real Redis', { args: ['--aof-use-rdb-preamble', 'no'] });
    const worlds: Answering[] = [
      () => ({ lean: 0, marks: new Array<number>(12).fill(0) }),
      (seat, _question, nth) => ({
        lean: (seat + nth) % 5,
        marks: Array.from({ length: 12 }, (_, at) => (at * seat) % 3),
      }),
    ];
    const rooms = await Promise.all(worlds.map((world) => openRoom(app, 'standard', world, [])));
    const seats = [0, 1, 2, 3, 4, 5];
    const acts: Act[] = [
      ...seats.map((): Act => ({ on: 'join' })),
      { on: 'jump', kind: 'assessment' },
      { on: 'next' },
      ...seats.map((seat): Act => ({ on: 'ballot', seat })),
      { on: 'wait' },
      { on: 'ballot', seat: 3 },
      { on: 'reload', seat: 1 },
      { on: 'ballot', seat: 1 },
      { on: 'timer', seconds: 30 },
      { on: 'wait' },
    ];
    await playAll(app, rooms, acts);
    await sleep(WRITTEN_MS);
    const commands = readAppendOnly(app.redis!.dir);
    const [one, two] = rooms.map((room) => traceOf(commands, room.sid, room.code));
    expect(one!.length).toBeGreaterThan(20);
    expect(one!.filter((line) => line.includes(':ballots:')).length).toBeGreaterThanOrEqual(8);
    expect(two).toEqual(one);
    rooms.forEach((room) => room.close());
    await app.stop();
  });
});

describe.each(ENGINES)('DISC-11 on the %s', (name) => {
  test('no key lists people in the order in which they came or answered', async () => {
    const { store, client, stop } = await open(name);
    const { sid } = await create(store);
    const came: string[] = [];
    for (let person = 0; person < PEOPLE; person++) {
      const seat = await takeSeat(store, sid, newSeatToken());
      await store.arrive(sid, 'node', [seat]);
      came.push(seat);
    }
    await round(store, sid, 'opens');
    for (const seat of came) await store.ballot(sid, seat, ballot());
    const open_ = await readAll(client);
    const listed = (entries: Entry[]) =>
      entries
        .map(({ key, values }) => ({ key, seats: values.filter((word) => came.includes(word)) }))
        .filter(({ seats }) => seats.length > 0);
    await round(store, sid, 'closes');
    await store.settle(sid, 'one', { question: 'one', main: { outcome: 'withheld', minimum: 5 } });
    const lists = [...listed(open_), ...listed(await readAll(client))];
    const kinds = new Set(lists.map(({ key }) => key.split(':')[2]));
    expect([...kinds].sort()).toEqual(['ballots', 'counted', 'present', 'seats']);
    for (const { key, seats } of lists) {
      expect(seats.length, key).toBe(PEOPLE);
      expect(inOrder(seats, came), key).toBeLessThan(PEOPLE - 4);
    }
    await stop();
  });
});

/** Neighbours in a list who came one right after the other; of 24 in any order about one pair does. */
function inOrder(seats: readonly string[], came: readonly string[]): number {
  return seats.filter(
    (seat, at) => at > 0 && came.indexOf(seat) === came.indexOf(seats[at - 1]!) + 1,
  ).length;
}

/** A session's commands from the opening of its round on, without what is random and of one length: names of seats, sealed ballots. */
function traceOf(commands: string[][], sid: string, code: string): string[] {
  const seats: string[] = [];
  const seatName = (hash: string) => {
    if (!seats.includes(hash)) seats.push(hash);
    return `seat${seats.indexOf(hash)}`;
  };
  const own = commands.filter((command) =>
    command.some((word) => word.includes(sid) || word.includes(code)),
  );
  // Before that Redis may have rewritten its file, which it does in no particular order.
  const opened = own.findLastIndex((command) => command.includes('open'));
  return own.slice(opened).map((command) => {
    // Of Redis' own clock, on a grid of 15 s: the session may lie on either side of a line.
    const timed = command[1]?.includes(':present:') && command[0] === 'PEXPIREAT';
    return (timed ? command.slice(0, 2) : command)
      .join(' ')
      .replaceAll(sid, 'SID')
      .replaceAll(code, 'CODE')
      .replaceAll(/(\d{8})\|[\w-]{43}\|([\w-]+)/g, (_, version: string, sealed: string) =>
        [version, sealed.length].join('|'),
      )
      .replaceAll(/cr:qr:[\w-]{22}|"qr":"[\w-]{22}"|qr [\w-]{22}/g, 'QR')
      .replaceAll(/\b(host|screen) [\w-]{43}/g, '$1')
      .replaceAll(/(?<![\w-])[\w-]{43}(?![\w-])/g, seatName);
  });
}

/** T12: the facilitator's report holds the releases, the plan and the clock, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Choice, Release } from '#core/round.ts';
import type { Ack } from '#protocol/messages.ts';
import { reportSchema, type Report } from '#protocol/report.ts';
import type { HostView } from '#protocol/views.ts';
import { startHeld, type HeldApp } from '../attacks/held.ts';
import { ENGINES } from '../setup/engines.ts';
import { goTo, pressNext, vote } from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';

type Room = Awaited<ReturnType<typeof openRoom>>;
/** What each seat answers to the nth question; null: keeps it. */
type Answers = (nth: number) => (number | null)[];

const PEOPLE = 6;
const STEP_S = 31;

async function reportOf({ host }: Pick<Room, 'host'>): Promise<Report> {
  const asked: unknown = await host.socket.timeout(5000).emitWithAck('report');
  const reply = asked as Ack<{ report: Report }>;
  if (!reply.ok) throw new Error(reply.reason);
  return reply.report;
}

/** All that a report may hold, by its path; ids of statements are left out. A new line here is a decision. */
const EVERYTHING = [
  'contract.minimum',
  'contract.operator',
  'contract.policy',
  'contract.statementsFrom',
  'rehearsal',
  'startedAt',
  'steps.minutes',
  'steps.result',
  'steps.result.ask',
  'steps.result.release.main.atLeast',
  'steps.result.release.main.band',
  'steps.result.release.main.counts',
  'steps.result.release.main.grain',
  'steps.result.release.main.minimum',
  'steps.result.release.main.n',
  'steps.result.release.main.outcome',
  'steps.result.release.question',
  'steps.result.release.statements.minimum',
  'steps.result.release.statements.outcome',
  'steps.result.scale.nested',
  'steps.result.scale.of',
  'steps.result.scale.options',
  'steps.result.statements',
  'steps.seconds',
  'steps.title',
  'workshop.language',
  'workshop.poles.id',
  'workshop.poles.name',
  'workshop.poles.short',
  'workshop.title',
];

function pathsIn(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null)
    return [path.filter((part) => !/^\d+$|^assess\.[es]\d$/.test(part)).join('.')];
  const inside = Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]));
  return [...new Set(inside)].sort();
}

const resultsOf = (report: Report) => report.steps.flatMap(({ result }) => result ?? []);

/** `cell` of a vote; an assessment's lean, with marks that follow it. */
function choiceIn({ slide }: HostView, cell: number): Choice {
  return slide.kind === 'assessment'
    ? { lean: cell, marks: slide.statements.map((_, at) => (cell + at) % 3) }
    : { cell };
}

async function answer(room: Room, cells: readonly (number | null)[]): Promise<void> {
  const view = room.host.view();
  for (const [index, cell] of cells.entries()) {
    const phone = room.phones[index]!;
    await phone.until(({ revision }) => revision === view.revision);
    if (cell !== null) expect(await vote(phone, choiceIn(view, cell))).toMatchObject({ ok: true });
  }
}

describe.each(ENGINES)('the report on the %s', (name) => {
  let app: HeldApp;
  beforeAll(async () => {
    app = await startHeld(name);
  });
  afterAll(() => app.stop());

  function pass(seconds: number): void {
    let left = seconds * 1000;
    while (left > 0) left = app.clock.step(left);
  }

  /** The same presses at the same moments in rooms that answer differently. @returns what each published */
  async function walk(rooms: readonly Room[], worlds: readonly Answers[]) {
    const published = rooms.map(() => new Map<string, Release>());
    const [first] = rooms;
    let nth = 0;
    let more = true;
    while (more) {
      const open = first?.host.view().round?.status === 'open';
      for (const [index, room] of rooms.entries()) {
        if (open) await answer(room, worlds[index]?.(nth) ?? []);
        more = await pressNext(room.host);
        const { release } = room.host.view();
        if (release) published[index]?.set(release.question, release as Release);
      }
      if (open) nth += 1;
      pass(STEP_S);
    }
    return published;
  }

  test('T12 different answers behind equal releases give the same report, byte for byte', async () => {
    const rooms = [await openRoom(app.url, PEOPLE), await openRoom(app.url, PEOPLE)];
    const worlds: Answers[] = [
      (nth) =>
        [
          [0, 0, 0, 0, 0, 0],
          [0, 0, 1, 1, 2, 2],
          [0, 0, 0, 0, null, null],
        ][nth % 3]!,
      (nth) =>
        [
          [0, 0, 1, 0, 0, 0],
          [2, 1, 0, 2, 1, 0],
          [null, 1, null, 2, null, 2],
        ][nth % 3]!,
    ];
    const [one, other] = await walk(rooms, worlds);
    const reports = await Promise.all(rooms.map(reportOf));
    expect(JSON.stringify(reports[0])).toBe(JSON.stringify(reports[1]));
    expect(one).toEqual(other);

    const [report] = reports as [Report];
    expect(reportSchema.parse(report)).toEqual(report);
    expect(resultsOf(report).map(({ release }) => release)).toEqual([...(one?.values() ?? [])]);
    const outcomes = resultsOf(report).map(({ release }) => release.main.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['veiled', 'spread', 'withheld']));
    expect(pathsIn(report)).toEqual(EVERYTHING);
    for (const room of rooms) room.close();
  });

  test('T12 DISC-1 what is withheld shows no number but the minimum', async () => {
    const room = await openRoom(app.url, 4);
    await walk([room], [() => [2, 1, 0, null]]);
    const results = resultsOf(await reportOf(room));
    expect(results.length).toBeGreaterThan(3);
    for (const { release } of results) {
      const { question, main, statements = {} } = release;
      expect(main).toEqual({ outcome: 'withheld', minimum: 5 });
      for (const one of Object.values(statements))
        expect(one).toEqual({ outcome: 'withheld', minimum: 10 });
      expect(Object.keys(release).filter((key) => key !== 'statements')).toEqual([
        'question',
        'main',
      ]);
      expect(question).not.toBe('');
    }
    room.close();
  });

  test('T12 DISC-6 while a round is open the report does not know it; asking changes nothing', async () => {
    const room = await openRoom(app.url, PEOPLE);
    const { revision } = await goTo(room.host, 'myth', 'open');
    const before = JSON.stringify(await reportOf(room));
    await answer(room, [0, 1, 2, 0, 1, 2]);
    pass(6);
    const views = () => room.host.frames.filter(({ event }) => event !== 'tick').length;
    const seen = views();
    const after = await reportOf(room);
    expect(resultsOf(after)).toEqual([]);
    const there = after.steps.find(({ seconds }) => seconds === 6);
    expect(there).toBeDefined();
    expect(JSON.stringify(after).replace('"seconds":6', '"seconds":0')).toBe(before);
    expect(views()).toBe(seen);
    expect(room.host.view().revision).toBe(revision);
    room.close();
  });

  test('T12 T9 a wish that comes with the request changes nothing', async () => {
    const room = await openRoom(app.url, 0);
    const wish = { policy: { minimum: 1 }, seats: true };
    const asked: unknown = await room.host.socket.timeout(2000).emitWithAck(
      // A client of one's own may say anything.
      'report' as 'sync',
      ...([wish] as unknown as []),
    );
    expect(asked).toEqual({ ok: true, report: await reportOf(room) });
    room.close();
  });

  test('T12 the clock: seconds per step until now, the plan beside them, null where nobody was', async () => {
    const room = await openRoom(app.url, 0);
    pass(60);
    await pressNext(room.host);
    const left = app.clock.now();
    pass(95);
    const { startedAt, steps, workshop, contract } = await reportOf(room);
    const { agenda } = room.host.view();
    expect(startedAt).toBe(left);
    expect(steps.map(({ seconds }) => seconds).slice(0, 3)).toEqual([60, 95, null]);
    expect(steps.map(({ title, minutes }) => ({ title, minutes }))).toEqual(
      agenda.map(({ title, minutes }) => ({ title, minutes })),
    );
    expect(contract).toEqual(room.host.view().contract);
    expect(workshop.title).toBe(room.host.view().workshop.title);
    room.close();
  });

  test('T12 S4 participants and the screen get no answer', async () => {
    const room = await openRoom(app.url, 1);
    for (const { socket } of [room.screen, ...room.phones])
      await expect(socket.timeout(700).emitWithAck('report')).rejects.toThrow('timed out');
    expect(resultsOf(await reportOf(room))).toEqual([]);
    room.close();
  });
});

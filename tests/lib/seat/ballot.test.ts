import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answered,
  decide,
  due,
  heardEnd,
  heardRound,
  heardStanding,
  leaving,
  stateOf,
  type Ballot,
} from '../../../src/lib/seat/ballot.ts';
import { draft, ModelServer, ModelTab, QUESTION, settle } from './model.ts';

const open = { question: QUESTION, status: 'open' } as const;
const closed = { question: QUESTION, status: 'closed' } as const;

function sent(cell = 1): { ballot: Ballot; command: NonNullable<ReturnType<typeof due>> } {
  const ballot = decide(undefined, draft(cell), true, 'nonce-1');
  const command = due(ballot, open)!;
  return { ballot: leaving(ballot, command), command };
}

describe('a ballot, decision by decision', () => {
  test('R4: saving, then counted only after the answer; offline when the line is down', () => {
    const { ballot, command } = sent();
    expect(stateOf(ballot, true)).toEqual({ is: 'saving', counted: 0 });
    expect(stateOf(ballot, false)).toEqual({ is: 'offline', counted: 0 });
    const counted = answered(ballot, command, { ok: true, version: 1 }, 'n');
    expect(stateOf(counted, false)).toEqual({ is: 'counted', version: 1 });
  });

  test('DISC-8: what is kept never becomes due', () => {
    const kept = decide(undefined, draft(1), false, 'n');
    expect(due(kept, open)).toBeNull();
    expect(kept.left).toEqual([]);
    expect(stateOf(kept, true)).toEqual({ is: 'kept', counted: 0 });
  });

  test('keeping a change of mind does not deny that the first version counts', () => {
    const { ballot, command } = sent(1);
    const counted = answered(ballot, command, { ok: true, version: 1 }, 'n');
    expect(stateOf(decide(counted, draft(2), false, 'n2'), true)).toEqual({
      is: 'kept',
      counted: 1,
    });
  });

  test('T5: the same answer again is the same ballot, another one is the next version', () => {
    const { ballot, command } = sent(1);
    const counted = answered(ballot, command, { ok: true, version: 1 }, 'n');
    expect(decide(counted, draft(1), true, 'other')).toBe(counted);
    expect(decide(counted, draft(2), true, 'other')).toMatchObject({ version: 2, nonce: 'other' });
  });

  test('DISC-5: a round that closed takes nothing new, and says so', () => {
    const waiting = decide(undefined, draft(1), true, 'n');
    expect(due(waiting, closed)).toBeNull();
    expect(stateOf(heardRound(waiting, closed), true)).toEqual({ is: 'closed', counted: 0 });
    expect(stateOf(heardRound(waiting, null), true)).toEqual({ is: 'closed', counted: 0 });
  });

  test('R2: a lost ack is asked for again after the close, with the very same ballot', () => {
    const { ballot, command } = sent();
    const after = heardRound(ballot, closed);
    expect(due(after, closed)).toEqual(command);
    expect(stateOf(heardStanding(after, 1, true), true)).toEqual({ is: 'counted', version: 1 });
  });

  test('R4: without an answer before the close the phone does not claim either way, until it is told', () => {
    const { ballot, command } = sent();
    const unheard = answered(ballot, command, { ok: false, reason: 'try-again' }, 'n');
    const late = answered(unheard, command, { ok: false, reason: 'round-closed' }, 'n');
    expect(stateOf(late, true)).toEqual({ is: 'unsure', counted: 0 });
    expect(stateOf(heardStanding(late, 1, true), true)).toEqual({ is: 'counted', version: 1 });
    expect(stateOf(heardStanding(late, 0, true), true)).toEqual({ is: 'closed', counted: 0 });
  });

  test('a change that came too late leaves the earlier version counted', () => {
    const first = sent(1);
    const counted = answered(first.ballot, first.command, { ok: true, version: 1 }, 'n');
    const changed = decide(counted, draft(2), true, 'n2');
    const command = due(changed, open)!;
    const late = answered(changed, command, { ok: false, reason: 'round-closed' }, 'n3');
    expect(stateOf(late, true)).toEqual({ is: 'closed', counted: 1 });
  });

  test('R2: a conflict goes out again as the next version with the choice made here', () => {
    const { ballot, command } = sent(4);
    const next = answered(ballot, command, { ok: false, reason: 'conflict' }, 'fresh');
    expect(due(next, open)).toEqual({ ...command, version: 2, nonce: 'fresh' });
  });

  test('a newer ballot of another tab is not called ours', () => {
    const { ballot, command } = sent();
    const overtaken = answered(ballot, command, { ok: true, version: 3 }, 'n');
    expect(stateOf(overtaken, true)).toEqual({ is: 'elsewhere', version: 3 });
    expect(due(overtaken, open)).toBeNull();
    expect(decide(overtaken, draft(1), true, 'n4').version).toBe(4);
  });

  test('R1: a ballot the server lost is due again, whether the round is open or not yet reopened', () => {
    const { ballot, command } = sent();
    const counted = answered(ballot, command, { ok: true, version: 1 }, 'n');
    const lost = heardStanding(counted, 0, false);
    expect(stateOf(lost, true)).toEqual({ is: 'saving', counted: 0 });
    expect(due(lost, open)).toEqual(command);
    const earlier = heardRound(counted, { question: QUESTION, status: 'ready' });
    expect(due(heardRound(earlier, open), open)).toEqual(command);
  });

  test('DISC-12: every version that left is listed in words, once', () => {
    const first = sent(1);
    const again = leaving(first.ballot, first.command);
    const changed = decide(again, draft(2), true, 'n2');
    const both = leaving(changed, due(changed, open)!);
    expect(both.left).toEqual([
      { version: 1, words: ['answer 1'] },
      { version: 2, words: ['answer 2'] },
    ]);
  });

  test('a refusal that trying again cannot heal ends the sending', () => {
    const { ballot, command } = sent();
    const refused = answered(ballot, command, { ok: false, reason: 'malformed' }, 'n');
    expect(due(refused, open)).toBeNull();
    expect(stateOf(refused, true)).toEqual({ is: 'refused', reason: 'malformed' });
    const unheard = answered(ballot, command, { ok: false, reason: 'try-again' }, 'n');
    expect(due(unheard, open)).toEqual(command);
  });

  test('an answer about an older version tells what counts and stands, and changes nothing else', () => {
    const first = sent(1);
    const changed = decide(first.ballot, draft(2), true, 'n2');
    const late = answered(changed, first.command, { ok: true, version: 1 }, 'n3');
    expect(late).toMatchObject({ version: 2, nonce: 'n2', standing: 1, counted: 1 });
    const wrong = answered(changed, first.command, { ok: false, reason: 'round-closed' }, 'n3');
    expect(wrong).toBe(changed);
  });

  test('after the end nothing waits any more', () => {
    expect(stateOf(heardEnd(sent().ballot), false)).toEqual({ is: 'closed', counted: 0 });
  });
});

type Move = { tab: 0 | 1; do: string; cell: number };
const moves = fc.array(
  fc.record<Move>({
    tab: fc.constantFrom(0, 1),
    do: fc.constantFrom(
      ...['send', 'send', 'keep', 'flush', 'flush', 'reach', 'reach', 'hear', 'hear'],
      ...['reconnect', 'snapshot', 'restart'],
    ),
    cell: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 60 },
);

/** Plays `schedule` on tabs that share one storage, or have one each. */
function play(schedule: readonly Move[], shares: boolean, closeAt: number | null) {
  let made = 0;
  const nonces = () => `nonce-${++made}`;
  const server = new ModelServer();
  const storage = { ballot: undefined };
  const tabs = [
    new ModelTab(storage, nonces),
    new ModelTab(shares ? storage : { ballot: undefined }, nonces),
  ];
  let last: { sends: boolean; cell: number } | null = null;
  schedule.forEach(({ tab: index, do: what, cell }, at) => {
    if (at === closeAt) server.status = 'closed';
    const tab = tabs[index]!;
    if (what === 'send' || what === 'keep') {
      tab.decide(cell, what === 'send');
      last = { sends: what === 'send', cell };
    } else if (what === 'flush') tab.flush();
    else if (what === 'reach') tab.reach(server);
    else if (what === 'hear') tab.hear();
    else if (what === 'reconnect') tab.reconnect(server);
    else if (what === 'snapshot') server.snapshot();
    else {
      server.restart();
      for (const each of tabs) each.reconnect(server);
    }
  });
  settle(server, tabs);
  return { server, tabs, last: last as { sends: boolean; cell: number } | null };
}

describe('a ballot under any schedule', () => {
  test('R1, R2: in an open round, what was last sent stands and is said to be counted', () => {
    fc.assert(
      fc.property(moves, (schedule) => {
        const { server, tabs, last } = play(schedule, true, null);
        const state = tabs[0]!.state;
        if (last?.sends) {
          expect(server.held?.cell).toBe(last.cell);
          expect(state).toEqual({ is: 'counted', version: server.held?.version });
        } else if (last) {
          expect(state).toMatchObject({ is: 'kept' });
        } else {
          expect(server.held).toBeNull();
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('R4, DISC-5: after a close the phone says counted exactly when that version stands', () => {
    fc.assert(
      fc.property(moves, fc.nat(60), (schedule, closeAt) => {
        const { server, tabs } = play(schedule, true, closeAt);
        const state = tabs[0]!.state;
        if (server.status !== 'closed' || !state) return;
        expect(['counted', 'closed', 'kept']).toContain(state.is);
        const claimed = 'counted' in state ? state.counted : 'version' in state ? state.version : 0;
        expect(claimed).toBe(server.held?.version ?? 0);
        if (state.is === 'counted')
          expect(tabs[0]!.ballot?.choice).toEqual({ cell: server.held?.cell });
      }),
      { numRuns: 3000 },
    );
  });

  test('R2, R4: tabs that cannot see each other come to rest, and none claims the other’s ballot', () => {
    fc.assert(
      fc.property(moves, (schedule) => {
        const { server, tabs } = play(schedule, false, null);
        for (const tab of tabs) {
          tab.reconnect(server);
          expect(tab.ballot && due(tab.ballot, open)).toBeFalsy();
          if (tab.state?.is === 'counted')
            expect(server.held).toMatchObject({
              version: tab.state.version,
              nonce: tab.ballot?.nonce,
            });
        }
      }),
      { numRuns: 3000 },
    );
  });
});

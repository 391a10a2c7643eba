import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  canRest,
  findStage,
  landing,
  nextCursor,
  previousCursor,
  sameCursor,
  type Agenda,
  type Cursor,
  type Rounds,
} from '#core/agenda.ts';
import { apply, initialState, type SessionState } from '#core/session.ts';
import { agendas, at, everyCursor, workshop } from './agendas.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Presses the primary action until it leads nowhere; every press must be a legal command. */
function walk(agenda: Agenda, from: SessionState): { seen: Cursor[]; state: SessionState } {
  const seen = [from.cursor];
  let state = from;
  for (;;) {
    const to = nextCursor(agenda, state.rounds, state.cursor);
    if (!to) return { seen, state };
    const moved = apply(agenda, state, { do: 'move', from: state.cursor, to }, 0);
    if (moved.result !== 'changed') throw new Error(`next was ${moved.result}`);
    state = moved.state;
    seen.push(to);
    if (seen.length > 500) throw new Error('next goes round in circles');
  }
}

const asText = ({ step, stage }: Cursor) => `${step}/${stage}`;

describe('next', () => {
  test('walks the whole workshop, each stage once, asides left out', () => {
    const { seen, state } = walk(workshop, initialState(workshop, 0));
    expect(seen.map(asText)).toEqual(
      everyCursor(workshop)
        .filter((cursor) => !findStage(workshop, cursor)?.aside)
        .map(asText),
    );
    expect(Object.values(state.rounds)).toEqual(['closed', 'closed', 'closed']);
  });

  test('any agenda: in order, no stage twice, to the end, passing by only what was never asked', () => {
    fc.assert(
      fc.property(agendas, (agenda) => {
        const { seen } = walk(agenda, initialState(agenda, 0));
        const order = everyCursor(agenda).map(asText);
        const places = seen.map((cursor) => order.indexOf(asText(cursor)));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        const passedBy = everyCursor(agenda).filter(
          (cursor) => !seen.some((visited) => sameCursor(visited, cursor)),
        );
        for (const cursor of passedBy) {
          const stage = findStage(agenda, cursor)!;
          expect(stage.aside ?? stage.round === 'published').toBe(true);
        }
      }),
    );
  });

  test('a step that shows a question nobody was asked is passed by', () => {
    expect(nextCursor(workshop, {}, at('lean', 'closed'))).toEqual(at('poll', 'ask'));
    expect(nextCursor(workshop, { 'lean-question': 'closed' }, at('lean', 'closed'))).toEqual(
      at('wall', 'shown'),
    );
    expect(landing(workshop, {}, 'wall')).toBeNull();
  });

  test('DISC-5: a question that was asked is not opened again', () => {
    const asked: Rounds = { 'myth-question': 'closed' };
    expect(nextCursor(workshop, asked, at('myth', 'ask'))).toEqual(at('myth', 'closed'));
  });

  test('DISC-10: after a talk instead of the vote the truth still has its turn, then the next step', () => {
    expect(nextCursor(workshop, {}, at('myth', 'talk'))).toEqual(at('myth', 'truth'));
    expect(nextCursor(workshop, {}, at('myth', 'truth'))).toEqual(at('story', 'scene'));
    expect(nextCursor(workshop, {}, at('poll', 'talk'))).toEqual(at('closing', 'end'));
  });
});

describe('back', () => {
  test('goes stage by stage, never into an open round, and ends at the beginning', () => {
    const asked: Rounds = { 'myth-question': 'closed' };
    const back = (from: Cursor) => previousCursor(workshop, asked, from);
    expect(back(at('story', 'scene'))).toEqual(at('myth', 'truth'));
    expect(back(at('myth', 'closed'))).toEqual(at('myth', 'ask'));
    expect(back(at('welcome', 'lobby'))).toBeNull();
  });

  test('never shows the truth of a vote that was not held', () => {
    expect(previousCursor(workshop, {}, at('story', 'scene'))).toEqual(at('myth', 'ask'));
    expect(previousCursor(workshop, {}, at('myth', 'truth'))).toEqual(at('myth', 'ask'));
    expect(previousCursor(workshop, {}, at('poll', 'ask'))).toEqual(at('lean', 'intro'));
  });

  test('from a talk it leads to the question again', () => {
    expect(previousCursor(workshop, {}, at('myth', 'talk'))).toEqual(at('myth', 'ask'));
  });
});

describe('a jump', () => {
  test('lands where a step begins, or at its end when it asked its question already', () => {
    expect(landing(workshop, {}, 'myth')).toEqual(at('myth', 'ask'));
    expect(landing(workshop, { 'myth-question': 'closed' }, 'myth')).toEqual(at('myth', 'truth'));
    expect(landing(workshop, { 'lean-question': 'closed' }, 'wall')).toEqual(at('wall', 'shown'));
    expect(landing(workshop, {}, 'nowhere')).toBeNull();
  });
});

describe('next, back and every landing are legal commands wherever a session may be', () => {
  test('in any agenda after any presses', () => {
    const presses = fc.array(fc.record({ press: fc.nat(4), pick: fc.nat(60) }), { maxLength: 40 });
    fc.assert(
      fc.property(agendas, presses, (agenda, list) => {
        let state = initialState(agenda, 0);
        for (const { press, pick } of list) {
          const { rounds, cursor } = state;
          const open = Object.values(rounds).includes('open');
          const offers = [
            nextCursor(agenda, rounds, cursor),
            ...(open ? [] : [previousCursor(agenda, rounds, cursor)]),
            ...(open ? [] : agenda.map(({ id }) => landing(agenda, rounds, id))),
          ];
          for (const to of offers) {
            if (!to) continue;
            const moved = apply(agenda, state, { do: 'move', from: cursor, to }, 0);
            expect(moved.result).toBe(sameCursor(to, cursor) ? 'unchanged' : 'changed');
          }
          const asides = everyCursor(agenda).filter((to) => findStage(agenda, to)?.aside);
          const to =
            press === 0
              ? asides[pick % Math.max(1, asides.length)]
              : offers[press === 1 ? 0 : pick % offers.length];
          if (!to) continue;
          const moved = apply(agenda, state, { do: 'move', from: cursor, to }, 0);
          if (moved.result === 'changed') state = moved.state;
          if (!open) expect(canRest(agenda, rounds, cursor)).toBe(true);
        }
        // However the host got here, pressing on comes to an end.
        walk(agenda, state);
      }),
    );
  });
});

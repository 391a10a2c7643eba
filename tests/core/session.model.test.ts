import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  canRest,
  findStage,
  findStep,
  nextCursor,
  sameCursor,
  type Agenda,
  type Cursor,
} from '#core/agenda.ts';
import { apply, initialState, type Command, type SessionState } from '#core/session.ts';
import { agendas, at, everyCursor, workshop } from './agendas.ts';

// Counting takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** What a room can rely on, whatever hosts press: told in words of its own, not of the machine. */
interface Model {
  cursor: Cursor;
  revision: number;
  open: string | null;
  closed: Set<string>;
}
interface Real {
  agenda: Agenda;
  state: SessionState;
}

/** `from: null` means from where the room really is, `to: 'next'` the primary action. */
class Press implements fc.Command<Model, Real> {
  readonly from: Cursor | null;
  readonly to: Cursor | 'next';
  constructor(from: Cursor | null, to: Cursor | 'next') {
    this.from = from;
    this.to = to;
  }
  check = () => true;
  toString = () => `${this.from ? JSON.stringify(this.from) : 'here'} → ${JSON.stringify(this.to)}`;

  run(model: Model, real: Real): void {
    const from = this.from ?? model.cursor;
    const to =
      this.to === 'next'
        ? (nextCursor(real.agenda, real.state.rounds, model.cursor) ?? model.cursor)
        : this.to;
    const command: Command = { do: 'move', from, to };
    const before = JSON.stringify(real.state);
    const first = apply(real.agenda, real.state, command, 0);
    expect(JSON.stringify(real.state), 'apply changes no state in place').toBe(before);
    if (first.result === 'changed') {
      expect(sameCursor(from, model.cursor), 'from where the room is').toBe(true);
      real.state = first.state;
      this.advance(to, model, real, first.effect);
    }
    const second = apply(real.agenda, real.state, command, 0);
    if (first.result !== 'refused') expect(second.result, 'R8: the double press').toBe('unchanged');
    invariants(model, real);
  }

  private advance(
    to: Cursor,
    model: Model,
    { agenda }: Real,
    effect: { round: string; question: string } | undefined,
  ) {
    const role = findStage(agenda, to)?.round;
    const question = findStep(agenda, to.step)?.question ?? '';
    model.cursor = to;
    model.revision++;
    if (role === 'opens') {
      expect(effect).toEqual({ round: 'opens', question });
      expect(model.open, 'one round at a time').toBeNull();
      expect(model.closed.has(question), 'DISC-5: no round is opened again').toBe(false);
      model.open = question;
    } else if (model.open !== null) {
      expect(role, 'an open round can only be closed').toBe('closes');
      expect(effect).toEqual({ round: 'closes', question: model.open });
      model.closed.add(model.open);
      model.open = null;
    } else {
      expect(effect).toBeUndefined();
      if (role) expect(model.closed, 'DISC-5: shown only when closed').toContain(question);
    }
  }
}

class Lock implements fc.Command<Model, Real> {
  readonly locked: boolean;
  constructor(locked: boolean) {
    this.locked = locked;
  }
  check = () => true;
  toString = () => `lock ${this.locked}`;
  run(model: Model, real: Real): void {
    const done = apply(real.agenda, real.state, { do: 'lock', locked: this.locked }, 0);
    expect(done.result).toBe(this.locked === real.state.locked ? 'unchanged' : 'changed');
    if (done.result !== 'changed') return;
    real.state = done.state;
    model.revision++;
    invariants(model, real);
  }
}

function invariants(model: Model, { agenda, state }: Real): void {
  expect(state.cursor).toEqual(model.cursor);
  expect(state.revision, 'rises by one with every change').toBe(model.revision);
  const expected = Object.fromEntries([
    ...[...model.closed].map((question) => [question, 'closed']),
    ...(model.open === null ? [] : [[model.open, 'open']]),
  ]) as object;
  expect(state.rounds).toEqual(expected);
  const role = findStage(agenda, state.cursor)?.round;
  expect(role === 'opens', 'a round is open just while its stage is on').toBe(model.open !== null);
  if (model.open === null) expect(canRest(agenda, state.rounds, state.cursor)).toBe(true);
}

function schedules(agenda: Agenda) {
  const cursors = fc.constantFrom(...everyCursor(agenda), at('nowhere', 'ask'), at('s1', 'none'));
  return fc.commands<Model, Real>(
    [
      fc.tuple(cursors, cursors).map(([from, to]) => new Press(from, to)),
      cursors.map((to) => new Press(null, to)),
      fc.constant(new Press(null, 'next')),
      fc.boolean().map((locked) => new Lock(locked)),
    ],
    { maxCommands: 120, size: 'max' },
  );
}

function play(agenda: Agenda, commands: Iterable<fc.Command<Model, Real>>): Model {
  const state = initialState(agenda, 0);
  const model: Model = { cursor: state.cursor, revision: 1, open: null, closed: new Set() };
  fc.modelRun(() => ({ model, real: { agenda, state } }), commands);
  return model;
}

describe('the session under any presses of any hosts', () => {
  test('the real workshop never reaches an illegal state, and schedules get far into it', () => {
    let published = 0;
    fc.assert(
      fc.property(schedules(workshop), (commands) => {
        published += play(workshop, commands).closed.size;
      }),
      { numRuns: 300 },
    );
    expect(published).toBeGreaterThan(300);
  });

  test('nor does any agenda', () => {
    fc.assert(
      fc.property(
        agendas.chain((agenda) => fc.tuple(fc.constant(agenda), schedules(agenda))),
        ([agenda, commands]) => {
          play(agenda, commands);
        },
      ),
      { numRuns: 300 },
    );
  });
});

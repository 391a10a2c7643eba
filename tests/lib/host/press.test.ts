import { describe, expect, test } from 'vitest';
import { nextCursor, previousCursor, type Cursor, type Rounds } from '#core/agenda.ts';
import { POLICIES } from '#core/disclosure.ts';
import { agendaOf, present, type Step } from '#slides/kinds.ts';
import type { HostView } from '#protocol/views.ts';
import { looksFirst, pressesOf, tooFew } from '../../../src/lib/host/press.ts';

const base = { topics: [], minutes: 2, notes: 'Read this.' };
const lines = [{ text: 'A line.', topics: [] }];
const STEPS: Step[] = [
  { ...base, kind: 'welcome', id: 'welcome', title: 'Welcome', lead: 'Hello.' },
  {
    ...base,
    kind: 'myth',
    id: 'depth',
    title: 'Depth',
    question: 'myth.depth',
    claim: 'Managers need no depth.',
    truth: 'They do.',
    because: lines,
  },
  {
    ...base,
    kind: 'points',
    id: 'end',
    title: 'In short',
    reveal: 'each',
    points: [...lines, ...lines],
  },
];
const AGENDA = agendaOf(STEPS);
const POLES: HostView['workshop']['poles'] = [
  { id: 'staff', name: 'Staff Engineer', short: 'Staff' },
  { id: 'em', name: 'Engineering Manager', short: 'EM' },
];

/** The view as the state machine makes it for a room at `cursor`. */
function viewAt(cursor: Cursor, rounds: Rounds = {}): HostView {
  const position = STEPS.findIndex(({ id }) => id === cursor.step);
  const step = STEPS[position]!;
  const asks = step.kind === 'myth';
  const status = rounds['myth.depth'] ?? 'ready';
  const release = { question: 'myth.depth', main: { outcome: 'withheld' as const, minimum: 5 } };
  return {
    audience: 'host',
    epoch: 'e',
    revision: 1,
    now: 0,
    workshop: { id: 'w', title: 'W', language: 'en', languages: ['en'], poles: POLES },
    cursor,
    position,
    steps: STEPS.length,
    slide: present(step, { stage: cursor.stage, poles: POLES, release: () => null }),
    round: asks ? { question: 'myth.depth', status } : null,
    timer: null,
    counts: { present: 8, seats: 9, answered: null },
    locked: false,
    rehearsal: false,
    contract: { policy: 'standard', minimum: 5, statementsFrom: 10, operator: null },
    code: 'K7M2QX',
    joinUrl: 'http://192.168.1.20:3000/join/abc',
    curtain: null,
    notes: '',
    cue: null,
    stages: AGENDA[position]!.stages.filter(({ aside }) => !aside).map(({ id }) => id),
    next: nextCursor(AGENDA, rounds, cursor),
    previous: previousCursor(AGENDA, rounds, cursor),
    aside:
      asks && status !== 'open' && cursor.stage !== 'talk'
        ? { step: step.id, stage: 'talk' }
        : null,
    agenda: STEPS.map(({ id, title, kind, minutes }) => ({
      id,
      title,
      kind,
      minutes,
      landing: null,
    })),
    release: asks && status === 'closed' ? release : null,
    scale: asks ? { of: 'claim' } : null,
    stuck: false,
    passed: false,
    ahead: null,
    extra: 0,
    maxSeats: 1000,
    startedAt: null,
    stepSince: 0,
  };
}

const many = { present: 8, seats: 9, answered: null };
const few = { present: 4, seats: 4, answered: null };
const closed: Rounds = { 'myth.depth': 'closed' };

describe('the primary action says what it does', () => {
  test('along a whole agenda with a vote', () => {
    const does: unknown[] = [];
    let rounds: Rounds = {};
    let cursor: Cursor = { step: 'welcome', stage: 'lobby' };
    for (;;) {
      const { primary } = pressesOf(viewAt(cursor, rounds), many);
      if (!primary) break;
      does.push(primary.does === 'stage' ? primary.stage : primary.does);
      if (primary.does === 'open') rounds = { 'myth.depth': 'open' };
      if (primary.does === 'close') rounds = closed;
      cursor = primary.to;
    }
    expect(does).toEqual(['step', 'open', 'close', 'show', 'truth', 'step', 'point-2']);
    expect(cursor).toEqual({ step: 'end', stage: 'point-2' });
  });

  test('a step is announced by its title', () => {
    expect(pressesOf(viewAt({ step: 'welcome', stage: 'lobby' }), many).primary).toEqual({
      does: 'step',
      title: 'Depth',
      to: { step: 'depth', stage: 'ask' },
    });
  });

  test('a question that was asked is not offered to be opened again (DISC-5)', () => {
    const { primary, other } = pressesOf(viewAt({ step: 'depth', stage: 'ask' }, closed), many);
    expect(primary?.does).toBe('stage');
    expect(other).toBeNull();
  });
});

describe('DISC-10: too few people', () => {
  const asked = viewAt({ step: 'depth', stage: 'ask' });

  test('with enough people the vote comes first and the talk beside it', () => {
    const { primary, other } = pressesOf(asked, many);
    expect([primary?.does, other?.does]).toEqual(['open', 'talk']);
  });

  test('with fewer than the minimum the talk comes first and the vote beside it', () => {
    const { primary, other } = pressesOf(asked, few);
    expect([primary?.does, other?.does]).toEqual(['talk', 'open']);
    expect(primary?.to).toEqual({ step: 'depth', stage: 'talk' });
  });

  test('the minimum is the frozen one of the session, to the person', () => {
    const strict = { contract: { ...asked.contract, minimum: POLICIES.strict.minimum } };
    expect(tooFew(asked, { present: 4 })).toBe(true);
    expect(tooFew(asked, { present: 5 })).toBe(false);
    expect(tooFew(strict, { present: 7 })).toBe(true);
    expect(tooFew(strict, { present: 8 })).toBe(false);
  });

  test('an open vote is closed, never talked away, however few are left', () => {
    const open = viewAt({ step: 'depth', stage: 'open' }, { 'myth.depth': 'open' });
    expect(pressesOf(open, few)).toEqual({
      primary: { does: 'close', to: { step: 'depth', stage: 'closed' } },
      other: null,
    });
  });

  test('after the talk a small room goes on, and is not led back into it', () => {
    const talked = pressesOf(viewAt({ step: 'depth', stage: 'talk' }), few);
    expect(talked.primary).toMatchObject({ does: 'stage', stage: 'truth' });
    expect(talked.other).toBeNull();
    const told = pressesOf(viewAt({ step: 'depth', stage: 'truth' }), few);
    expect(told.primary).toMatchObject({ does: 'step', to: { step: 'end' } });
    expect(told.other).toBeNull();
  });
});

test('DISC-9: the host looks first only between the close and the reveal', () => {
  expect(looksFirst(viewAt({ step: 'depth', stage: 'closed' }, closed))).toBe(true);
  expect(looksFirst(viewAt({ step: 'depth', stage: 'shown' }, closed))).toBe(false);
  expect(looksFirst(viewAt({ step: 'depth', stage: 'ask' }))).toBe(false);
});

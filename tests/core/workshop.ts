/** A short workshop of real slides, one of each kind that asks or shows something. */
import { POLICIES } from '#core/disclosure.ts';
import { initialState } from '#core/session.ts';
import type { Snapshot } from '#server/views.ts';
import { agendaOf, KINDS, roundsOf, type KindName, type Step } from '#slides/kinds.ts';
import type { Workshop } from '#protocol/workshop.ts';

const base = (id: string) => ({ id, title: `Title of ${id}`, minutes: 5, notes: `Notes of ${id}` });

function step(kind: KindName, id: string, fields: object): Step {
  const schema = KINDS[kind].step as { parse: (raw: unknown) => Step };
  return schema.parse({ kind, ...base(id), ...fields });
}

const statements = ['s1', 's2', 's3', 'e1', 'e2', 'e3'];

const steps: Step[] = [
  step('welcome', 'welcome', { lead: 'Welcome' }),
  step('myth', 'myth', {
    question: 'claim',
    claim: 'A claim',
    truth: 'Not so',
    because: ['Since'],
  }),
  step('assessment', 'assessment', {
    question: 'lean',
    lead: 'In private',
    statements: statements.map((id) => ({
      id,
      pole: id.startsWith('s') ? 'staff' : 'em',
      text: `I like ${id}`,
    })),
    scale: { balanced: 2, leaning: 5, high: 12, low: 7 },
    readings: { first: 'A', second: 'B', both: 'C', hybrid: 'D', neither: 'E' },
    trials: [['Try this'], ['Try that']],
  }),
  step('distribution', 'distribution', {
    question: 'lean',
    prompts: { withheld: 'Few', veiled: 'One', spread: 'Many', split: 'Split' },
    statements: Object.fromEntries(statements.map((id) => [id, `I like ${id}`])),
  }),
  step('tradeoff', 'tradeoff', {
    question: 'focus',
    ask: 'Where are you?',
    sides: [
      { title: 'Deep', lines: ['Blocks'] },
      { title: 'Near', lines: ['People'] },
    ],
    regret: 'Keep a diary',
  }),
  step('poll', 'poll', { question: 'choice', ask: 'Which?', options: ['One', 'Two', 'Three'] }),
  step('closing', 'closing', { lead: 'The end', sentences: ['I lead', 'I build'] }),
];

export const WORKSHOP: Workshop = {
  id: 'short',
  language: 'en',
  title: 'Short',
  summary: 'A short workshop',
  poles: [
    { id: 'staff', name: 'Staff Engineer', short: 'Staff' },
    { id: 'em', name: 'Engineering Manager', short: 'EM' },
  ],
  plans: [{ id: 'whole', title: 'Whole', minutes: 30, skip: [] }],
  steps,
};
export const AGENDA = agendaOf(steps);
export const ROUNDS = roundsOf(steps);

/** The session before its first press, as the store would give it. */
export function snapshotAt(now: number, change: Partial<Snapshot> = {}): Snapshot {
  return {
    epoch: 'epoch',
    code: 'K7M2QX',
    joinUrl: 'http://example.test/join/K7M2QX',
    policy: POLICIES.standard,
    operator: null,
    rehearsal: false,
    maxSeats: 1000,
    workshop: WORKSHOP,
    translations: [],
    agenda: AGENDA,
    state: initialState(AGENDA, now),
    releases: new Map(),
    counts: { present: 0, seats: 0, answered: null },
    ...change,
  };
}

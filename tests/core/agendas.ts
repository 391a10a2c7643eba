/** Agendas to walk through: one that is known, and any. */
import fc from 'fast-check';
import type { Agenda, AgendaStep, Cursor, Stage } from '#core/agenda.ts';

const VOTE: readonly Stage[] = [
  { id: 'ask' },
  { id: 'open', round: 'opens' },
  { id: 'closed', round: 'closes' },
  { id: 'shown', round: 'published' },
];
const TALK: Stage = { id: 'talk', aside: true };

export const plain = (id: string, ...stages: string[]): AgendaStep => ({
  id,
  stages: stages.map((stage) => ({ id: stage })),
  question: null,
});
export const vote = (id: string, ...behind: string[]): AgendaStep => ({
  id,
  stages: [...VOTE, ...behind.map((stage) => ({ id: stage })), TALK],
  question: `${id}-question`,
});
const assessment = (id: string): AgendaStep => ({
  id,
  stages: [{ id: 'intro' }, { id: 'open', round: 'opens' }, { id: 'closed', round: 'closes' }],
  question: `${id}-question`,
});
/** Shows what another step asked. */
const shows = (id: string, of: string): AgendaStep => ({
  id,
  stages: [
    { id: 'shown', round: 'published' },
    { id: 'statements', round: 'published' },
  ],
  question: `${of}-question`,
});

export const workshop: Agenda = [
  plain('welcome', 'lobby'),
  vote('myth', 'truth'),
  plain('story', 'scene', 'move-1', 'lesson'),
  assessment('lean'),
  shows('wall', 'lean'),
  vote('poll'),
  plain('closing', 'end'),
];

export const at = (step: string, stage: string): Cursor => ({ step, stage });

/** Starts with a step to look at, as every workshop must; the rest comes in any order. */
export const agendas: fc.Arbitrary<Agenda> = fc
  .array(
    fc.record({
      shape: fc.constantFrom('plain', 'vote', 'assessment', 'shows'),
      size: fc.nat(2),
      of: fc.nat(9),
    }),
    { maxLength: 8 },
  )
  .map((shapes) => [
    plain('s0', 'lobby'),
    ...shapes.map(({ shape, size, of }, index): AgendaStep => {
      const id = `s${index + 1}`;
      const behind = ['truth', 'tip'].slice(0, size);
      if (shape === 'plain') return plain(id, 'first', ...behind);
      if (shape === 'vote') return vote(id, ...behind);
      // May point at any step, asked earlier, later or never, or at none at all.
      return shape === 'assessment' ? assessment(id) : shows(id, `s${of}`);
    }),
  ]);

export function everyCursor(agenda: Agenda): Cursor[] {
  return agenda.flatMap(({ id, stages }) => stages.map((stage) => at(id, stage.id)));
}

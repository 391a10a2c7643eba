/** What a slide kind is. One folder each: this interface as `kind.ts`, and its faces as components. */
import { z } from 'zod';
import type { Stage } from '#core/agenda.ts';
import type { Release, Round } from '#core/round.ts';

/** Plain text of a slide: no markup, one paragraph. */
export const text = z.string().trim().min(1).max(600);
/** Lower-case words with dots and dashes: steps, questions, topics, statements. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/, 'lower-case words joined by dots or dashes')
  .max(60)
  // Rounds and answers are records by id: `constructor` would be found in every one of them.
  .refine((word) => !(word in {}), 'a word that the language keeps for itself')
  // The words an error of the content check uses.
  .describe('lower-case words joined by dots or dashes, at most 60 characters');

/** A line of a slide: a bare string, or with the topics it covers. */
export const line = z
  .union([text, z.strictObject({ text, topics: z.array(id).default([]) })])
  .describe('a line of at most 600 characters, or `text` and `topics`')
  .transform((value) => (typeof value === 'string' ? { text: value, topics: [] } : value));
export type Line = z.output<typeof line>;
export const lines = (most: number) => z.array(line).min(1).max(most);

/** What every step has, whatever its kind. `minutes`: the time budget; `notes`: what the facilitator reads. */
export const stepBase = {
  id,
  title: z.string().trim().min(1).max(120),
  topics: z.array(id).default([]),
  minutes: z.number().min(0.5).max(60),
  notes: z.string().trim().min(1).max(4000),
  cue: z.string().trim().min(1).max(300).optional(),
};

/** What every slide view has. */
export const slideBase = { title: z.string() };

/** The published result of a question, as every face gets it (`Release` in core/round.ts). */
const outcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('withheld'), minimum: z.int() }),
  z.strictObject({
    outcome: z.literal('veiled'),
    n: z.int(),
    atLeast: z.int(),
    band: z.int(),
  }),
  z.strictObject({
    outcome: z.literal('spread'),
    n: z.int(),
    grain: z.enum(['bands', 'cells']),
    counts: z.array(z.int()),
  }),
]);
export const releaseSchema = z.strictObject({
  question: id,
  main: outcome,
  statements: z.record(id, outcome).optional(),
});

/**
 * What a round asked, for whoever reads its release away from its slide. `scale`: which labels of
 * lib/ui/labels.ts name its cells and bands.
 */
export const askedSchema = z.strictObject({
  ask: z.string(),
  scale: z.discriminatedUnion('of', [
    z.strictObject({ of: z.enum(['lean', 'spectrum', 'movement', 'claim']) }),
    z.strictObject({ of: z.literal('options'), options: z.array(z.string()), nested: z.boolean() }),
  ]),
  /** The texts of an assessment's statements by id, in content order. */
  statements: z.record(id, z.string()).optional(),
});
export type Asked = z.output<typeof askedSchema>;

/** The two ends of a workshop's scale: `name` in full (“Staff Engineer”), `short` for labels (“Staff”). */
export const pole = z.strictObject({
  id,
  name: z.string().trim().min(1).max(40),
  short: z.string().trim().min(1).max(16),
});
export type Pole = z.output<typeof pole>;
export type Poles = readonly [Pole, Pole];

/** The fault of a field that should name one of the workshop's poles, if it does not. */
export function poleFault(value: string, poles: Poles, path: Fault['path']): Fault[] {
  if (poles.some(({ id }) => id === value)) return [];
  const known = poles.map(({ id }) => id).join(' or ');
  return [{ path, message: `expected a pole of the workshop (${known}), got "${value}"` }];
}

/** What a step may look at when it is shown. `release` answers null until the round is closed and stored. */
export interface Showing {
  stage: string;
  poles: Poles;
  release: (question: string) => Release | null;
}

/** A fault of a step in its workshop, found when content is loaded. `path` leads to the field. */
export interface Fault {
  path: (string | number)[];
  message: string;
}

/** A step of whatever kind, as another step sees it. */
export interface AnyStep {
  id: string;
  kind: string;
}

/** The earlier step that a step cannot do without: a distribution's assessment, a movement's gut feeling. */
interface Source<Step> {
  /** The field that names it, and what that field must name: the words of an error. */
  field: string;
  expected: string;
  is: (step: Step, earlier: AnyStep) => boolean;
  /** What the step takes over from its source, so that no author writes it twice. */
  fill?: (step: Step, source: AnyStep) => Step;
}

export interface Kind<Step extends { id: string }, Slide> {
  name: string;
  /** Of the step's file in a workshop. */
  step: z.ZodType<Step>;
  /** Of what all audiences see. */
  slide: z.ZodType<Slide>;
  stages: (step: Step) => Stage[];
  /** The question this step asks, or null. */
  round: (step: Step) => Round | null;
  /** In words, wherever there is a round. */
  asked?: (step: Step) => Asked;
  /** The question whose release this step shows; its own by default. */
  shows?: (step: Step) => string;
  /** When content is loaded: what a schema of this step alone cannot see. */
  check?: (step: Step, poles: Poles) => Fault[];
  source?: Source<Step>;
  /** Whether a stage has nothing to show of what was published: “next” passes it by. */
  empty?: (step: Step, showing: Showing) => boolean;
  /** Never holds anything that its stage has not revealed yet: it goes to phones and screen. */
  present: (step: Step, showing: Showing) => Slide;
}

/** The stages of a step with a vote: asked, open, closed (host looks first), shown. */
export const VOTE_STAGES: readonly Stage[] = [
  { id: 'ask' },
  { id: 'open', round: 'opens' },
  { id: 'closed', round: 'closes' },
  { id: 'shown', round: 'published' },
];

/** A talk instead of a vote, for rooms too small to publish (DISC-10). */
export const TALK: Stage = { id: 'talk', aside: true };

/**
 * What somebody needs of a workshop without a room: the self-assessment, how to read one's own
 * result, and what a plan is made of. It holds content only; what is done with it stays on the
 * device (DISC-12).
 */
import { z } from 'zod';
import { line, lines } from '#slides/kind.ts';
import type { Pole, Poles } from '#slides/kind.ts';
import type { SlideByKind } from '#slides/kinds.ts';

const READINGS = ['first', 'second', 'both', 'hybrid', 'neither'] as const;
const readings = <T extends z.ZodType>(value: T) =>
  z.strictObject({ first: value, second: value, both: value, hybrid: value, neither: value });

/** Half a sentence of “If …, then I will …”, without its full stop. */
const half = z
  .string()
  .trim()
  .min(1)
  .max(160)
  .describe('half a sentence of at most 160 characters');
const commitment = z.strictObject({ if: half, then: half });
const weeks = z.int().min(1).max(26);

const activity = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** The pole whose work it is, by id; left out: of neither, or of both. */
  pole: z.string().optional(),
  /** What to tag with it. */
  examples: line,
});

/** `workbook.yaml`, beside the steps; a workshop may do without. */
export const workbookFile = z.strictObject({
  /** What a result may mean, beyond the sentence that the assessment has for it. */
  meanings: readings(lines(4)),
  /** Of a result that leans although both sides are high (`scale.high`) or low (`scale.low`). */
  nuances: z.strictObject({ high: line, low: line }),
  /** Steps of kind tradeoff whose sides and tip a result shows; `fits`: to which readings, by default to all. */
  tradeoffs: z
    .array(
      z.strictObject({
        step: z.string(),
        fits: z
          .array(z.enum(READINGS))
          .min(1)
          .default([...READINGS]),
      }),
    )
    .max(8)
    .default([]),
  /** Per pole, in the workshop's order: how somebody can tell that a trial suits them. */
  signals: z.tuple([line, line]),
  /** Per pole: suggestions for “If …, then I will …”. */
  commitments: z.tuple([z.array(commitment).min(1).max(8), z.array(commitment).min(1).max(8)]),
  /** From the start of a trial to the day of looking back. */
  trialWeeks: weeks,
  audit: z.strictObject({
    about: line,
    /** How long an audit may take; the first is offered first. */
    weeks: z.array(weeks).min(1).max(5),
    activities: z.array(activity).min(2).max(10),
    /** How to read the shares of time and energy. */
    reading: lines(6),
  }),
});
export type WorkbookFile = z.output<typeof workbookFile>;

export type ReadingName = (typeof READINGS)[number];

/** “If `if`, then I will `then`.” */
export interface Commitment {
  if: string;
  then: string;
}

/** A trade-off of the workshop, and its tip against regret. */
export interface Dilemma {
  title: string;
  sides: [{ title: string; lines: string[] }, { title: string; lines: string[] }];
  regret: string;
  fits: ReadingName[];
}

export interface AuditGuide {
  about: string;
  /** Lengths to choose from. */
  weeks: number[];
  /** `pole`: whose work it is; null: of neither, or of both. */
  activities: { name: string; pole: 0 | 1 | null; examples: string }[];
  reading: string[];
}

/** `workbook.yaml` as a phone gets it: texts alone, poles by their place. */
export interface Guide {
  meanings: Record<ReadingName, string[]>;
  nuances: { high: string; low: string };
  tradeoffs: Dilemma[];
  signals: [string, string];
  commitments: [Commitment[], Commitment[]];
  trialWeeks: number;
  audit: AuditGuide;
}

/** GET /api/workshops/:id/:language */
export interface Workbook {
  id: string;
  language: string;
  title: string;
  summary: string;
  poles: [Pole, Pole] & Poles;
  assessments: SlideByKind['assessment'][];
  /** One sentence per pole to say aloud, from the workshop's closing; null where it has none. */
  sentences: { lead: string; said: [string, string] } | null;
  /** null: the workshop has no `workbook.yaml`. */
  guide: Guide | null;
}

/** What a slide asks of a simulated person: each slide kind tells it in slides/rehearsed.ts. */
import type { AssessmentSlide } from '#slides/assessment/kind.ts';

export type Task =
  /** A feeling between the poles that stays on the phone (DISC-7). */
  | { asks: 'feeling'; feeling: string }
  /** One of `cells`; `nested`: five points in a row. */
  | { asks: 'choice'; question: string; title: string; cells: number; nested: boolean }
  | { asks: 'movement'; question: string; title: string; feeling: string }
  | { asks: 'assessment'; question: string; slide: AssessmentSlide };

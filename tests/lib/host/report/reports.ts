/** Reports for the tests of their files: made by the server's own builder from any workshop. */
import { publish, type Choice } from '#core/round.ts';
import { POLICIES } from '#core/disclosure.ts';
import type { Report } from '#protocol/report.ts';
import { kindOf, type Step } from '#slides/kinds.ts';
import { POLES } from '../../../slides/steps.ts';

/** A report in which these steps were answered, in their order; `null`: not asked, not reached. */
export function reportOf(
  steps: readonly { step: Step; choices: readonly Choice[] | null }[],
  title = 'Staff Engineer or Engineering Manager?',
): Report {
  return {
    workshop: { title, language: 'en', poles: [...POLES] },
    contract: { policy: 'standard', minimum: 5, statementsFrom: 10, operator: null },
    rehearsal: false,
    startedAt: Date.UTC(2026, 10, 23, 12, 30),
    steps: steps.map(({ step, choices }) => {
      const { round, asked } = kindOf(step);
      const on = round(step);
      const result =
        on && asked && choices
          ? { ...asked(step), release: publish(on, choices, POLICIES.standard) }
          : null;
      return { title: step.title, minutes: step.minutes, seconds: choices ? 245 : null, result };
    }),
  };
}

export const cells = (...chosen: number[]): Choice[] => chosen.map((cell) => ({ cell }));

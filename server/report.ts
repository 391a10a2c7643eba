/** Builds the facilitator's report. Pure: made of the releases, the content and the clock alone (T12). */
import { spentUntil } from '#core/session.ts';
import type { Report } from '#protocol/report.ts';
import { kindOf, type Step } from '#slides/kinds.ts';
import { contractOf, type Snapshot } from './views.ts';

/** @param now milliseconds since 1970: the present step's time counts until then */
export function buildReport(snapshot: Snapshot, now: number): Report {
  const { workshop, policy, operator, rehearsal, state, releases } = snapshot;
  const { title, language, poles } = workshop;
  const spent = spentUntil(state, now);
  return {
    workshop: { title, language, poles },
    contract: contractOf(policy, operator),
    rehearsal,
    startedAt: state.startedAt,
    steps: workshop.steps.map((step) => ({
      title: step.title,
      minutes: step.minutes,
      seconds: spent[step.id] ?? null,
      result: resultOf(step, releases),
    })),
  };
}

/** The step's own round: a step that shows another one's release has no result of its own. */
function resultOf(step: Step, releases: Snapshot['releases']): Report['steps'][number]['result'] {
  const { round, asked } = kindOf(step);
  const release = releases.get(round(step)?.question ?? '');
  return release && asked ? { ...asked(step), release } : null;
}

/** The words on every scale: one label per cell and per band, in the order of `core/disclosure.ts`. */
import { m } from '$lib/i18n/paraglide/messages';
import type { Locale } from '$lib/i18n/paraglide/runtime';
import type { ParticipantView } from '#protocol/views.ts';
import type { Asked } from '#slides/kind.ts';

type Poles = ParticipantView['workshop']['poles'];

/** Labels of a round: `cells` as the tally counts them, `bands` as they nest (DISC-2). */
export interface ScaleLabels {
  cells: string[];
  bands: string[];
}

/** The five lean bins of the assessment and their three bands. @param locale the interface's by default */
export function leanLabels([first, second]: Poles, locale?: Locale): ScaleLabels {
  const speak = locale ? { locale } : {};
  const [one, other] = [{ pole: first.short }, { pole: second.short }];
  return {
    cells: [
      m.lean_strong(one, speak),
      m.lean_some(one, speak),
      m.lean_balanced({}, speak),
      m.lean_some(other, speak),
      m.lean_strong(other, speak),
    ],
    bands: [m.side_of(one, speak), m.lean_balanced({}, speak), m.side_of(other, speak)],
  };
}

/** A trade-off's five points between the poles and their three bands. */
export function spectrumLabels([first, second]: Poles): ScaleLabels {
  return {
    cells: [
      m.spectrum_clear({ pole: first.short }),
      m.spectrum_rather({ pole: first.short }),
      m.spectrum_between(),
      m.spectrum_rather({ pole: second.short }),
      m.spectrum_clear({ pole: second.short }),
    ],
    bands: [
      m.side_of({ pole: first.short }),
      m.spectrum_between(),
      m.side_of({ pole: second.short }),
    ],
  };
}

/** Where people moved between the early feeling and the end (DISC-7). */
export function movementLabels([first, second]: Poles): ScaleLabels {
  return flat([
    m.movement_toward({ pole: first.short }),
    m.movement_unchanged(),
    m.movement_toward({ pole: second.short }),
  ]);
}

/** What a room thinks of a claim. */
export function mythLabels(): ScaleLabels {
  return flat([m.myth_agree(), m.myth_unsure(), m.myth_disagree()]);
}

/** A poll's own options. On a spectrum the outer pairs share a band, named by both of its options. */
export function pollLabels(options: readonly string[], spectrum: boolean): ScaleLabels {
  if (!spectrum) return flat([...options]);
  const [a = '', b = '', middle = '', d = '', e = ''] = options;
  return { cells: [...options], bands: [`${a} / ${b}`, middle, `${d} / ${e}`] };
}

/** As MARKS: disagree, neutral, agree. */
export function markLabels(): string[] {
  return [m.mark_disagree(), m.mark_neutral(), m.mark_agree()];
}

/** The labels of a round by what its step says of it: the same that its slides draw. */
export function labelsOf(scale: Asked['scale'], poles: Poles): ScaleLabels {
  switch (scale.of) {
    case 'lean':
      return leanLabels(poles);
    case 'spectrum':
      return spectrumLabels(poles);
    case 'movement':
      return movementLabels(poles);
    case 'claim':
      return mythLabels();
    case 'options':
      return pollLabels(scale.options, scale.nested);
  }
}

function flat(labels: string[]): ScaleLabels {
  return { cells: labels, bands: labels };
}

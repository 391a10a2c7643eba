/** What to ask about a published result, in the facilitator's words. */
import { shapeOf, type Shape } from '#core/debrief.ts';
import type { Outcome } from '#core/disclosure.ts';
import type { HostView } from '#protocol/views.ts';
import { m } from '$lib/i18n/paraglide/messages';

export interface Debrief {
  /** The shape in a few words. */
  shape: string;
  /** Questions to say aloud, best first. */
  asks: string[];
}

type Scale = NonNullable<HostView['scale']>;
type Poles = HostView['workshop']['poles'];
type Is = Shape['is'];

/** The prompts of a result. @param splits how many statements are shown as splitting the room */
export function debriefOf(outcome: Outcome, scale: Scale, poles: Poles, splits = 0): Debrief {
  const shape = shapeOf(outcome, scale.of !== 'options' || scale.nested);
  const common = COMMON[shape.is];
  const own = splits > 0 ? m.debrief_statements() : ownAsk(shape, scale, poles);
  return { shape: common.shape(), asks: [own, common.ask()] };
}

const COMMON: Readonly<Record<Is, { shape: () => string; ask: () => string }>> = {
  withheld: { shape: m.debrief_withheld, ask: m.debrief_withheld_ask },
  veiled: { shape: m.debrief_veiled, ask: m.debrief_veiled_ask },
  'one-sided': { shape: m.debrief_one_sided, ask: m.debrief_one_sided_ask },
  middle: { shape: m.debrief_middle, ask: m.debrief_middle_ask },
  split: { shape: m.debrief_split, ask: m.debrief_split_ask },
  spread: { shape: m.debrief_spread, ask: m.debrief_spread_ask },
};

const MOVEMENT: Readonly<Record<Is, () => string>> = {
  withheld: m.debrief_movement_withheld,
  veiled: m.debrief_movement_one_sided,
  'one-sided': m.debrief_movement_one_sided,
  middle: m.debrief_movement_middle,
  split: m.debrief_movement_split,
  spread: m.debrief_movement_spread,
};

const CLAIM: Readonly<Record<Is, () => string>> = {
  withheld: m.debrief_claim_withheld,
  veiled: m.debrief_claim_one_sided,
  'one-sided': m.debrief_claim_one_sided,
  middle: m.debrief_claim_middle,
  split: m.debrief_claim_split,
  spread: m.debrief_claim_spread,
};

const OPTIONS: Readonly<Record<Is, () => string>> = {
  withheld: m.debrief_options_withheld,
  veiled: m.debrief_options_one_sided,
  'one-sided': m.debrief_options_one_sided,
  middle: m.debrief_options_middle,
  split: m.debrief_options_split,
  spread: m.debrief_options_spread,
};

function ownAsk(shape: Shape, scale: Scale, poles: Poles): string {
  // Nearly all in the middle is asked about like any full middle.
  const centred = shape.is === 'veiled' && shape.band === 1 && scale.of !== 'options';
  const is: Is = centred ? 'middle' : shape.is;
  switch (scale.of) {
    case 'movement':
      return MOVEMENT[is]();
    case 'claim':
      return CLAIM[is]();
    case 'options':
      return OPTIONS[is]();
    case 'lean':
    case 'spectrum':
      return betweenPoles(is, 'band' in shape ? shape.band : 1, poles);
  }
}

function betweenPoles(is: Is, band: number, [first, second]: Poles): string {
  const pole = (band === 0 ? first : second).short;
  const both = { first: first.short, second: second.short };
  switch (is) {
    case 'withheld':
      return m.debrief_poles_withheld(both);
    case 'veiled':
    case 'one-sided':
      return m.debrief_poles_one_sided({ pole });
    case 'middle':
      return m.debrief_poles_middle(both);
    case 'split':
      return m.debrief_poles_split(both);
    case 'spread':
      return m.debrief_poles_spread();
  }
}

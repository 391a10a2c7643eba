/**
 * The registry of phone faces: a new kind is one line here; the compiler tells who forgets it. Faces
 * with weight of their own are fetched when the room gets there: until then nobody waits for them.
 */
import type { Component } from 'svelte';
import { withTexts } from '$lib/i18n/with-texts.ts';
import type { ParticipantProps } from '$lib/seat/slide-props.ts';
import compare from './compare/Participant.svelte';
import discussion from './discussion/Participant.svelte';
import gut from './gut/Participant.svelte';
import myth from './myth/Participant.svelte';
import points from './points/Participant.svelte';
import poll from './poll/Participant.svelte';
import story from './story/Participant.svelte';
import tradeoff from './tradeoff/Participant.svelte';
import welcome from './welcome/Participant.svelte';
import type { KindName, Slide, SlideByKind } from './kinds.ts';

/** At once, or when it has been fetched. */
type Face<Of> = () => Module<Of> | Promise<Module<Of>>;
interface Module<Of> {
  default: Component<ParticipantProps<Of>>;
}

const PARTICIPANTS = {
  assessment: () => import('./assessment/Participant.svelte'),
  closing: () => withTexts(import('./closing/Participant.svelte')),
  compare: () => ({ default: compare }),
  discussion: () => ({ default: discussion }),
  distribution: () => withTexts(import('./distribution/Participant.svelte')),
  gut: () => ({ default: gut }),
  movement: () => import('./movement/Participant.svelte'),
  myth: () => ({ default: myth }),
  points: () => ({ default: points }),
  poll: () => ({ default: poll }),
  story: () => ({ default: story }),
  tradeoff: () => ({ default: tradeoff }),
  welcome: () => ({ default: welcome }),
} satisfies { [Kind in KindName]: Face<SlideByKind[Kind]> };

/** The phone face of a slide: the only place that goes from a kind to its component. */
export function participantFace(slide: Slide): Face<Slide> {
  const faces: Record<KindName, unknown> = PARTICIPANTS;
  return faces[slide.kind] as Face<Slide>;
}

/** Fetches the faces that are not here yet, so that they are when the room gets to them. */
export async function fetchFaces(): Promise<void> {
  await Promise.all(Object.values(PARTICIPANTS).map(async (face) => face()));
}

/** The registry of phone faces: a new kind is one line here; the compiler tells who forgets it. */
import type { Component } from 'svelte';
import type { ParticipantProps } from '$lib/seat/slide-props.ts';
import assessment from './assessment/Participant.svelte';
import closing from './closing/Participant.svelte';
import compare from './compare/Participant.svelte';
import discussion from './discussion/Participant.svelte';
import distribution from './distribution/Participant.svelte';
import gut from './gut/Participant.svelte';
import movement from './movement/Participant.svelte';
import myth from './myth/Participant.svelte';
import points from './points/Participant.svelte';
import poll from './poll/Participant.svelte';
import story from './story/Participant.svelte';
import tradeoff from './tradeoff/Participant.svelte';
import welcome from './welcome/Participant.svelte';
import type { KindName, Slide, SlideByKind } from './kinds.ts';

const PARTICIPANTS = {
  assessment,
  closing,
  compare,
  discussion,
  distribution,
  gut,
  movement,
  myth,
  points,
  poll,
  story,
  tradeoff,
  welcome,
} satisfies { [Kind in KindName]: Component<ParticipantProps<SlideByKind[Kind]>> };

/** The phone face of a slide: the only place that goes from a kind to its component. */
export function participantFace(slide: Slide): Component<ParticipantProps<Slide>> {
  return PARTICIPANTS[slide.kind] as Component<ParticipantProps<Slide>>;
}

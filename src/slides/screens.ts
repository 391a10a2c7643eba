/** The wall's registry: one component per kind; a kind without its screen does not compile. */
import type { Component } from 'svelte';
import type { HostView, ScreenView } from '#protocol/views.ts';
import type { KindName, SlideByKind } from './kinds.ts';
import Assessment from './assessment/Screen.svelte';
import Closing from './closing/Screen.svelte';
import Compare from './compare/Screen.svelte';
import Discussion from './discussion/Screen.svelte';
import Distribution from './distribution/Screen.svelte';
import Gut from './gut/Screen.svelte';
import Movement from './movement/Screen.svelte';
import Myth from './myth/Screen.svelte';
import Points from './points/Screen.svelte';
import Poll from './poll/Screen.svelte';
import Story from './story/Screen.svelte';
import Tradeoff from './tradeoff/Screen.svelte';
import Welcome from './welcome/Screen.svelte';

/** What every screen gets. The host console shows the same components in a small frame. */
export interface ScreenProps<Slide> {
  slide: Slide;
  view: ScreenView | HostView;
  /** The server's clock, ms since 1970. */
  serverNow: () => number;
}

export const SCREENS: { [Name in KindName]: Component<ScreenProps<SlideByKind[Name]>> } = {
  assessment: Assessment,
  closing: Closing,
  compare: Compare,
  discussion: Discussion,
  distribution: Distribution,
  gut: Gut,
  movement: Movement,
  myth: Myth,
  points: Points,
  poll: Poll,
  story: Story,
  tradeoff: Tradeoff,
  welcome: Welcome,
};

/** Keeps a seat's outbox in step with its line: the same for a phone and for a rehearsal's people. */
import { untrack } from 'svelte';
import type { LiveSession } from '$lib/live/session.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';

/** Call it while a component is made, or inside an effect root. */
export function follow(live: LiveSession<'participant'>, outbox: Outbox): void {
  $effect(() => {
    const { view: now, status } = live;
    untrack(() => {
      outbox.connected(status === 'live');
      if (now) outbox.heardRound(now.round);
    });
  });

  // Only a new welcome, sync or ack says what stands; an old one says nothing about a new round.
  $effect(() => {
    const told = live.seat;
    untrack(() => {
      const round = live.view?.round;
      if (!told || !round) return;
      if (told.standing === null) outbox.heardStanding(0);
      else if (told.standing.question === round.question)
        outbox.heardStanding(told.standing.version);
    });
  });
}

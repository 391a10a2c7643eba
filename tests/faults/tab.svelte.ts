/** One tab of a phone: the product's own seat, line and outbox, tied as the room's page ties them. */
import { untrack } from 'svelte';
import { LiveSession } from '$lib/live/session.svelte.ts';
import type { BallotState } from '$lib/seat/ballot.ts';
import { follow } from '$lib/seat/follow.svelte.ts';
import { Outbox } from '$lib/seat/outbox.svelte.ts';
import { Seat } from '$lib/seat/seat.svelte.ts';
import { PhoneStorage, type Backing } from '$lib/seat/storage.ts';
import type { BallotCommand } from '#protocol/messages.ts';
import type { ParticipantView } from '#protocol/views.ts';

export interface Tab {
  live: LiveSession<'participant'>;
  seat: Seat;
  outbox: Outbox;
  close: () => void;
}

export interface Shown {
  /** A line is up, and has its view. */
  welcome: () => void;
  view: (view: ParticipantView) => void;
  /** A ballot goes onto the line. */
  sent: (command: BallotCommand) => void;
  /** Everything the tab says of its ballot (R4). */
  state: (state: BallotState | null) => void;
}

/** @param name under which the seat lies in `backing`, the storage that all tabs of a phone share */
export function openTab(
  credential: string,
  { name, backing }: { name: string; backing: Backing },
  question: string,
  shown: Shown,
): Tab {
  const seat = new Seat(name, new PhoneStorage(backing));
  seat.rejoined(credential);
  const live = new LiveSession('participant', credential);
  const outbox = new Outbox(
    seat,
    (command) => {
      shown.sent(command);
      return live.ballot(command);
    },
    () => void live.sync(),
  );
  const unwatch = $effect.root(() => {
    follow(live, outbox);
    $effect(() => {
      const { view, status, receipt } = live;
      untrack(() => {
        if (view) shown.view(view);
        if (status !== 'ended') return;
        outbox.heardEnd();
        seat.end(receipt);
      });
    });
    $effect(() => {
      if (live.status === 'live') untrack(shown.welcome);
    });
    $effect(() => shown.state(outbox.state(question)));
  });
  return {
    live,
    seat,
    outbox,
    close: () => {
      unwatch();
      outbox.close();
      live.close();
      seat.close();
    },
  };
}

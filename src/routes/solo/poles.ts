import type { TakeHome } from '$lib/export/take-home.ts';
import type { Poles } from '$lib/seat/slide-props.ts';

/** The poles as labels want them; a summary keeps their names, not their ids. */
export function polesOf({ poles: [first, second] }: TakeHome): Poles {
  return [
    { id: 'first', name: first.name, short: first.short },
    { id: 'second', name: second.name, short: second.short },
  ];
}

/** Presses in words. A label says what happens, so that nobody needs to know the machinery. */
import { m } from '$lib/i18n/paraglide/messages';
import type { HostView } from '#protocol/views.ts';
import type { Press } from './press.ts';

type Poles = HostView['workshop']['poles'];

/** Stages of the slide kinds that deserve better than “Next”. */
const STAGES = new Map<string, (poles: Poles) => string>([
  ['first', ([first]) => m.host_press_pole({ pole: first.name })],
  ['both', ([, second]) => m.host_press_pole({ pole: second.name })],
  ['lesson', () => m.host_press_lesson()],
  ['truth', () => m.host_press_truth()],
  ['regret', () => m.host_press_regret()],
  ['statements', () => m.host_press_statements()],
]);

/** @param view the room is at; a question that cannot be talked about instead is no vote */
export function pressLabel(press: Press, view: Pick<HostView, 'workshop' | 'aside'>): string {
  const { poles } = view.workshop;
  switch (press.does) {
    case 'open':
      return view.aside ? m.host_press_open() : m.host_press_open_answers();
    case 'close':
      return m.host_press_close();
    case 'show':
      return m.host_press_show();
    case 'talk':
      return m.host_press_talk();
    case 'stage':
      return STAGES.get(press.stage)?.(poles) ?? m.host_press_next();
    case 'step':
      return m.host_press_step({ title: press.title });
  }
}

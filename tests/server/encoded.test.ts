/** What goes over the wire is what was built, however much of it is remembered as text. */
import { expect, test } from 'vitest';
import { nextCursor, type Cursor } from '#core/agenda.ts';
import { apply } from '#core/session.ts';
import { viewText } from '#server/realtime/encoded.ts';
import { buildView } from '#server/views.ts';
import { AGENDA, snapshotAt } from '../core/workshop.ts';

const NOW = 1_800_000_000_000;

test('R3 each view is sent whole, with the landings of this moment', () => {
  const at = snapshotAt(NOW);
  const landings = new Set<string>();
  for (let to: Cursor | null = at.state.cursor; to;) {
    for (const audience of ['host', 'screen', 'participant'] as const) {
      // Another agenda and another object of rounds remember nothing.
      const rounds = { ...at.state.rounds };
      const fresh = { ...at, agenda: [...AGENDA], state: { ...at.state, rounds } };
      const sent: unknown = JSON.parse(viewText(buildView(audience, at, NOW)));
      expect(sent).toEqual(JSON.parse(JSON.stringify(buildView(audience, fresh, NOW))));
    }
    landings.add(JSON.stringify(buildView('host', at, NOW).agenda));
    to = nextCursor(AGENDA, at.state.rounds, at.state.cursor);
    const done = to && apply(AGENDA, at.state, { do: 'move', from: at.state.cursor, to }, NOW);
    if (done?.result === 'changed') at.state = done.state;
  }
  // Rounds were opened and closed on the way: what is remembered had to be made anew.
  expect(landings.size).toBeGreaterThan(3);
});

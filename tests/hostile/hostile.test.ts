/** The short form of `npm run hostile`: each attacker for a moment, on one server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../setup/app.ts';
import { ATTACKERS } from './attackers.ts';
import { lay, pooled, type Siege } from './siege.ts';

let app: TestApp;
let siege: Siege;
beforeAll(async () => {
  app = await startApp();
  siege = await lay({ app });
});
afterAll(async () => {
  siege.end();
  await app.stop();
});

/** Nothing that is bounded needs more; what was not, grew by hundreds within seconds. */
const MOST_MB = 60;

test.each(Object.keys(ATTACKERS))(
  'S7 R7 %s: others are answered, memory is bounded',
  async (name) => {
    const { pid } = app;
    const turns = await siege.endure(name, 1, 600);
    const [{ quiet, attacked } = expect.fail()] = turns;
    expect(quiet.unanswered + attacked.unanswered).toBe(0);
    // A busy machine is slow by itself: how much slower is what `npm run hostile` measures.
    const [before, felt] = (['quiet', 'attacked'] as const).map((kind) =>
      pooled(turns, kind, 0.99),
    );
    expect(felt).toBeLessThan(Math.max(500, 5 * (before ?? NaN)));
    expect(attacked.most - quiet.most).toBeLessThan(MOST_MB);
    expect(app.pid).toBe(pid);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(app.output()).not.toMatch(/^\s+at |polluted/m);
  },
);

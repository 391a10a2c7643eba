/** A whole session: join, three votes, the assessment, twenty steps, the result. */
import { alone, type Figure } from '../figures.ts';
import { startNodes } from '../processes.ts';
import { goTo, nonce, openRoom, press } from '../room.ts';
import { repeat, type Scenario } from './scenario.ts';
import type { Choice } from '#core/round.ts';

const VOTES: [kind: string, choice: (person: number) => Choice][] = [
  ['myth', (person) => ({ cell: person % 3 })],
  ['tradeoff', (person) => ({ cell: person % 5 })],
  ['poll', (person) => ({ cell: person % 2 })],
  [
    'assessment',
    (person) => ({
      lean: person % 5,
      marks: Array.from({ length: 12 }, (_, at) => (at + person) % 3),
    }),
  ],
];
const STEPS = 20;

export const session: Scenario = async ({ quick, times, say }) => {
  const [node] = await startNodes('redis');
  if (!node) throw new Error('no node');
  const figures: Figure[] = [];
  // Code that runs for the first time is slow.
  await once(node.port, 30);
  for (const people of quick ? [30, 150] : [30, 300, 3_000]) {
    const name = `a whole session of ${people}, redis`;
    const rounds = await repeat(times, async (index) => {
      say(`${name}: ${index + 1}`);
      const before = await node.usage();
      await once(node.port, people);
      const after = await node.usage();
      return (after.cpuMs - before.cpuMs) / people;
    });
    figures.push(alone(name, 'server CPU ms per participant', rounds, null));
  }
  await node.stop();
  return figures;
};

async function once(port: number, people: number): Promise<void> {
  const { host, phones, close } = await openRoom([port], people);
  for (const [kind, choice] of VOTES) {
    await goTo(host, kind, 'open');
    const question = host.view().round?.question ?? '';
    await Promise.all(
      phones.map((phone, person) =>
        phone.ballot({ question, version: 1, nonce: nonce(), choice: choice(person) }),
      ),
    );
    await press(host);
  }
  for (let step = 0; step < STEPS; step += 1) {
    const { agenda } = host.view();
    const to = agenda[step % agenda.length]!.landing;
    if (host.view().next) await press(host);
    else if (to) return close();
  }
  close();
}

/** A round with thousands of ballots closes: opened, tallied, disclosed, stored, shown. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createSession } from '../../setup/room.ts';
import { connectFace, type Face } from '../faces.ts';
import { alone, type Figure } from '../figures.ts';
import { startNodes, type EngineName, type Measured } from '../processes.ts';
import { seatIn } from '../../setup/key.ts';
import { goTo, inBatches, nonce, press } from '../room.ts';
import { repeat, type Scenario, type Setting } from './scenario.ts';

export const close: Scenario = async (setting) => {
  const figures: Figure[] = [];
  for (const engine of setting.engines) figures.push(...(await onEngine(setting, engine)));
  return figures;
};

async function onEngine({ quick, times, say }: Setting, engine: EngineName): Promise<Figure[]> {
  const people = quick ? 500 : 5_000;
  const name = `close ${people} ballots, ${engine}`;
  const [node] = await startNodes(engine);
  if (!node) throw new Error('no node');
  node.tell({ watch: true });
  const rounds = await repeat(times, async (index) => {
    say(`${name}: ${index + 1} of ${times}`);
    return closing(node, people);
  });
  await node.stop();
  const of = (what: keyof (typeof rounds)[number]) => rounds.map((round) => round[what]);
  return [
    alone(name, 'server CPU ms from close to reveal', of('cpuMs'), 100),
    alone(name, 'longest pause of the event loop by its own work, CPU ms', of('turnMs'), 20),
    // On a busy machine this is mostly the others' turn.
    alone(name, 'longest pause of the event loop, ms', of('pauseMs'), null),
    alone(name, 'ms until the host sees it', of('ms'), null),
  ];
}

async function closing(node: Measured, people: number) {
  const { code, host: key } = await createSession(`http://127.0.0.1:${node.port}`);
  const host = await connectFace(node.port, 'host', key);
  await goTo(host, 'assessment', 'open');
  const question = host.view().round?.question ?? '';
  await inBatches(Array.from({ length: people }), async () => {
    const phone = await connectFace(node.port, 'participant', seatIn(code));
    await answer(phone, question);
    // The others' frames are another scenario; this one is about their ballots.
    phone.close();
  });
  await sleep(1_000);
  await node.usage(true);
  const before = await node.usage();
  const since = performance.now();
  while (host.view().slide.kind === 'assessment') await press(host);
  const ms = performance.now() - since;
  const after = await node.usage();
  host.close();
  const { pauseMs, turnMs } = after;
  return { cpuMs: after.cpuMs - before.cpuMs, pauseMs, turnMs, ms };
}

/** A room of many minds, so that there is something to publish. */
async function answer(phone: Face, question: string): Promise<void> {
  const lean = Math.floor(Math.random() * 5);
  const marks = Array.from({ length: 12 }, () => Math.floor(Math.random() * 3));
  const reply = await phone.ballot({
    question,
    version: 1,
    nonce: nonce(),
    choice: { lean, marks },
  });
  if (!reply.includes('"ok":true')) throw new Error(`refused: ${reply}`);
}

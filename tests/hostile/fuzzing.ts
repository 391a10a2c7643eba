/** Generated frames against a real server: it lives, it forgets them, and nobody hears what is not theirs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chance, type Chance } from '../faults/chance.ts';
import { startApp, type TestApp } from '../setup/app.ts';
import { createSession, goTo, joinSeat, vote } from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';
import { PLACE, placeOf, PROTOCOL } from '#protocol/wire.ts';
import { frameOf, type Kind } from './grammar.ts';
import { memoryOf } from './siege.ts';
import { openWire } from './wire.ts';

export interface Fuzzed {
  frames: Record<Kind, number>;
  connections: number;
  /** Connections that the server ended. */
  cutOff: number;
  /** Commands that it answered, by `ok` or reason. */
  answers: Record<string, number>;
  /** MB that the server holds after collecting garbage, after each third. */
  held: number[];
  /** MB of its process, the embedded store and what allocators keep included, after each third. */
  resident: number[];
  crashes: number;
  /** Lines of the log that tell of an error the server did not expect. */
  faults: number;
  /** Messages that carried another room, another role's view, or another seat's answer. */
  foreign: number;
}

const WEIGHED = fileURLToPath(new URL('weighed-server.ts', import.meta.url));
const AT_ONCE = 8;
const THIRDS = 3;
/** One broken frame ends a connection, so most of them send none that are. */
const STYLES = [
  ['grammar'],
  ['grammar'],
  ['mutated'],
  ['raw bytes'],
  ['grammar', 'mutated', 'raw bytes'],
] as const satisfies [Styles, ...Styles[]];
type Styles = [Kind, ...Kind[]];
const ROLES = ['participant', 'participant', 'screen', 'host', 'nobody'] as const;

export async function fuzz(
  count: number,
  seed: number,
  tell: (line: string) => void = () => undefined,
): Promise<Fuzzed> {
  const env = { TRUST_PROXY: '1', LOG_LEVEL: 'info', MAX_SEATS: '20000' };
  const app = await startApp({ entry: WEIGHED, env });
  const { pid } = app;
  // What happens in our rooms is nobody's business in theirs.
  const [theirs, ...mine] = await Promise.all([
    openRoom(app.url, 3),
    ...Array.from({ length: OUR_ROOMS }, () => createSession(app.url)),
  ]);
  await goTo(theirs.host, 'myth', 'open');
  const { revision } = theirs.host.view();
  const secrets = [
    theirs.code,
    ...[theirs.host, theirs.screen].map(() => theirs.screen.view().joinUrl),
  ];
  const keys = keyring(mine);
  const done: Fuzzed = {
    frames: { grammar: 0, mutated: 0, 'raw bytes': 0 },
    connections: 0,
    cutOff: 0,
    answers: {},
    held: [],
    resident: [],
    crashes: 0,
    faults: 0,
    foreign: 0,
  };
  const sent = () => Object.values(done.frames).reduce((sum, frames) => sum + frames, 0);

  /** One connection: a handshake, some frames, until it is cut off. */
  async function talk(of: Chance): Promise<void> {
    const wanted = of.pick(ROLES);
    const role = wanted === 'nobody' || keys.has(wanted) ? wanted : 'participant';
    const credential = role === 'nobody' ? '' : await keys.take(role, app.url, of);
    let letIn: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => (letIn = resolve));
    const hear = (message: string) => {
      if (message.startsWith('40')) letIn();
      if (isForeign(message, role, secrets)) done.foreign++;
      const answer = /^43\d*\[\{"ok":(true|false)(?:,"reason":"([\w-]+)")?/.exec(message);
      if (!answer) return;
      const name = answer[2] ?? 'ok';
      done.answers[name] = (done.answers[name] ?? 0) + 1;
    };
    // From one of many addresses: a client that is cut off again and again has to wait.
    const forwarded = { 'X-Forwarded-For': `10.0.${of.whole(16)}.${of.whole(256)}` };
    const place = role === 'nobody' ? PLACE : placeOf(credential);
    const wire = await openWire(app.url, hear, place, forwarded).catch(() => null);
    done.connections++;
    if (!wire) return;
    if (role !== 'nobody')
      wire.text(`40${JSON.stringify({ protocol: PROTOCOL, role, credential })}`);
    // Mostly from within, where a frame means something.
    if (of.happens(0.9)) await Promise.race([entered, sleep(role === 'nobody' ? 5 : 2_000)]);
    const kinds = of.pick(STYLES);
    for (let frames = 4 + of.whole(24); frames > 0 && !wire.isGone(); frames--) {
      const kind = of.pick(kinds);
      wire.tcp.write(frameOf(kind, of));
      done.frames[kind]++;
      if (of.happens(0.3)) await sleep(1);
    }
    await Promise.race([wire.gone, sleep(20)]);
    if (wire.isGone()) {
      done.cutOff++;
      keys.rest(credential);
    }
    wire.close();
  }

  const dice = chance(seed);
  let at = 0;
  let told = 0;
  let until = 0;
  const talker = async () => {
    while (sent() < until && app.pid === pid && done.crashes === 0) {
      await talk(dice.fork(at++));
      if (sent() - told > 10_000)
        tell(`${(told = sent())} frames, ${done.connections} connections`);
      if (!alive(pid)) done.crashes++;
    }
  };
  for (let third = 1; third <= THIRDS; third++) {
    until = Math.ceil((count * third) / THIRDS);
    await Promise.all(Array.from({ length: AT_ONCE }, talker));
    // Sockets that were cut off are gone by then.
    await sleep(500);
    if (done.crashes > 0) break;
    done.held.push(await heldBy(app));
    done.resident.push(memoryOf(pid));
    tell(`held after a third: ${done.held.at(-1)?.toFixed(1)} MB`);
  }
  await judge(app, done);
  // The other room has felt nothing, and goes on.
  for (const phone of theirs.phones) {
    if (phone.view().revision !== revision) done.foreign++;
    const reply = await vote(phone, { cell: 1 });
    if (!reply.ok) done.crashes++;
  }
  theirs.close();
  await app.stop();
  return done;
}

/**
 * Whom the server has cut off comes back slowly, by its key: each seat is used once, and a link of a host
 * or a screen rests for a minute.
 */
function keyring(rooms: readonly { code: string; host: string; screen: string }[]) {
  const links = { host: rooms.map(({ host }) => host), screen: rooms.map(({ screen }) => screen) };
  const resting = new Map<string, number>();
  const ready = (role: 'host' | 'screen') =>
    links[role].filter((link) => (resting.get(link) ?? 0) < performance.now());
  return {
    has: (role: 'participant' | 'host' | 'screen') =>
      role === 'participant' || ready(role).length > 0,
    take: async (role: 'participant' | 'host' | 'screen', url: string, of: Chance) => {
      const at = (many: number) => of.whole(Math.max(1, many));
      if (role === 'participant')
        return (await joinSeat(url, rooms[at(rooms.length)]?.code ?? '')).seat;
      const links = ready(role);
      return links[at(links.length)] ?? '';
    },
    rest: (link: string) => resting.set(link, performance.now() + 61_000),
  };
}
const OUR_ROOMS = 32;

/** MB from the second third to the last; what is remembered for a minute, and compiled code, is there before. */
export function grown([, second = NaN, last = NaN]: readonly number[]): number {
  return last - second;
}
export const MOST_GROWN_MB = 4;

async function judge(app: TestApp, done: Fuzzed): Promise<void> {
  const health = await fetch(`${app.url}/healthz`).catch(() => null);
  if (!health?.ok) done.crashes++;
  done.faults = app
    .output()
    .split('\n')
    .filter((line) => line.includes('"level":50') || /^\s+at /.test(line)).length;
}

/** MB. @throws Error when it does not tell within 20 s */
async function heldBy(app: TestApp): Promise<number> {
  const since = app.output().length;
  process.kill(app.pid, 'SIGUSR2');
  for (let look = 0; look < 1_000; look++) {
    const said = /^held (\d+)$/m.exec(app.output().slice(since));
    if (said) return Number(said[1]) / 2 ** 20;
    await sleep(20);
  }
  throw new Error('the server does not tell what it holds');
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What only a host may see is in a host's view; a nobody hears nothing of any room. */
function isForeign(message: string, role: string, secrets: readonly string[]): boolean {
  if (secrets.some((secret) => message.includes(secret))) return true;
  const view = /"audience":"(\w+)"/.exec(message)?.[1];
  return view !== undefined && view !== role;
}

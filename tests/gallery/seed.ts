/** Brings a session of a real server to a state, with people on real sockets. */
import { findStep } from '#core/agenda.ts';
import type { Round } from '#core/round.ts';
import type { HostView, ParticipantView } from '#protocol/views.ts';
import { agendaOf, roundsOf, type Step } from '#slides/kinds.ts';
import {
  command,
  connectHost,
  connectPeople,
  createSession,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import type { State } from './states.ts';

export interface Seeded {
  state: State;
  url: string;
  code: string;
  /** Credentials of the host's and the screen's links. */
  keys: { host: string; screen: string };
  host: Face<HostView>;
  close: () => void;
}

/** The agenda does not lead to the state. */
export class NoWay extends Error {}

interface Room {
  host: Face<HostView>;
  people: Face<ParticipantView>[];
  rounds: ReadonlyMap<string, Round>;
  state: State;
}

/** @throws NoWay when the agenda does not lead to the state */
export async function seed(url: string, steps: readonly Step[], state: State): Promise<Seeded> {
  const { code, ...keys } = await createSession(url);
  const host = await connectHost(url, keys.host);
  const people = await connectPeople(url, code, state.mind.people);
  const room: Room = { host, people, rounds: roundsOf(steps), state };
  const question = findStep(agendaOf(steps), state.step)?.question ?? null;
  const asker = steps.find((step) => roundsOf([step]).has(question ?? ''));
  if (asker && asker.id !== state.step) await walk(room, asker.id, 'closed');
  await walk(room, state.step, state.stage);
  const close = () => [host, ...people].forEach((face) => face.close());
  return { state, url, code, keys, host, close };
}

async function walk(room: Room, step: string, stage: string): Promise<void> {
  const { host } = room;
  const { agenda, cursor, revision } = host.view();
  const landing = agenda.find(({ id }) => id === step)?.landing;
  if (cursor.step !== step && landing) {
    await command(host, { do: 'move', from: cursor, to: landing });
    await host.until((view) => view.revision > revision);
  }
  const there = () => host.view().cursor.stage === stage;
  while (!there()) {
    const { aside, cursor: here, revision: before } = host.view();
    if (aside?.stage === stage) {
      await command(host, { do: 'move', from: here, to: aside });
      await host.until((view) => view.revision > before);
    } else if (!(await pressNext(host)) || host.view().cursor.step !== step) {
      throw new NoWay(`no way to ${room.state.name}`);
    }
    if (host.view().round?.status === 'open' && !there()) await answer(room);
  }
}

async function answer({ host, people, rounds, state }: Room): Promise<void> {
  const question = host.view().round?.question ?? '';
  const round = rounds.get(question);
  if (!round) throw new Error(`nobody asks ${question}`);
  await Promise.all(
    people.map(async (face, index) => {
      await face.until((view) => view.round?.status === 'open');
      await vote(face, state.mind.choose(round, index));
    }),
  );
}

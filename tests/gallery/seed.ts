/** Brings a session of a real server to its states, with people on real sockets. */
import { findStep } from '#core/agenda.ts';
import type { Round } from '#core/round.ts';
import type { HostView, ParticipantView } from '#protocol/views.ts';
import { agendaOf, kindOf, roundsOf, type Step } from '#slides/kinds.ts';
import {
  command,
  connectHost,
  connectPeople,
  createSession,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import type { Mind, State } from './states.ts';
import { wordsIn, type Words } from './words.ts';

export interface Seeded {
  state: State;
  /** Of the session, and of all that is said to its people. */
  words: Words;
  url: string;
  code: string;
  /** Credentials of the host's and the screen's links. */
  keys: { host: string; screen: string };
  host: Face<HostView>;
  close: () => void;
}

/** The agenda does not lead to the state. */
export class NoWay extends Error {}

/** A session with its people, in which one state after another can be brought about. */
export interface Room extends Omit<Seeded, 'state'> {
  people: Face<ParticipantView>[];
  steps: readonly Step[];
  rounds: ReadonlyMap<string, Round>;
  mind: Mind;
  /** Questions that its people have answered. */
  answered: Set<string>;
}

/** @param language of the session */
export async function enter(
  url: string,
  steps: readonly Step[],
  mind: Mind,
  language: string,
): Promise<Room> {
  const { code, ...keys } = await createSession(url, { language });
  const host = await connectHost(url, keys.host);
  const people = await connectPeople(url, code, mind.people);
  const close = () => [host, ...people].forEach((face) => face.close());
  const rounds = roundsOf(steps);
  const answered = new Set<string>();
  const words = wordsIn(language);
  return { url, code, keys, words, host, people, steps, rounds, mind, answered, close };
}

/** To a state whose question is not closed yet, or a later one. @throws NoWay when the agenda does not lead there */
export async function bring(room: Room, state: State): Promise<void> {
  const { steps, answered } = room;
  const question = findStep(agendaOf(steps), state.step)?.question ?? '';
  const asker = steps.find((step) => roundsOf([step]).has(question));
  if (asker && asker.id !== state.step && !answered.has(question))
    await walk(room, asker.id, 'closed');
  await walk(room, state.step, state.stage);
}

/** A session of its own for one state. @throws NoWay when the agenda does not lead to it */
export async function seed(
  url: string,
  steps: readonly Step[],
  state: State,
  language: string,
): Promise<Seeded> {
  const room = await enter(url, steps, state.mind, language);
  await bring(room, state);
  return { ...room, state };
}

async function walk(room: Room, step: string, stage: string): Promise<void> {
  const { host, answered } = room;
  const { agenda, cursor, revision } = host.view();
  const landing = agenda.find(({ id }) => id === step)?.landing;
  const ahead =
    cursor.step === step && stageAt(room, step, stage) >= stageAt(room, step, cursor.stage);
  if (!ahead && landing) {
    await command(host, { do: 'move', from: cursor, to: landing });
    await host.until((view) => view.revision > revision);
  }
  while (host.view().cursor.stage !== stage) {
    const { aside, cursor: here, round, revision: before } = host.view();
    if (round?.status === 'open' && !answered.has(round.question))
      await answer(room, round.question);
    if (aside?.stage === stage) {
      await command(host, { do: 'move', from: here, to: aside });
      await host.until((view) => view.revision > before);
    } else if (!(await pressNext(host)) || host.view().cursor.step !== step) {
      throw new NoWay(`no way to ${step}, ${stage}`);
    }
  }
}

function stageAt({ steps }: Room, id: string, stage: string): number {
  const step = steps.find((each) => each.id === id);
  return step
    ? kindOf(step)
        .stages(step)
        .findIndex((each) => each.id === stage)
    : -1;
}

async function answer(room: Room, question: string): Promise<void> {
  const { people, rounds, mind, answered } = room;
  const round = rounds.get(question);
  if (!round) throw new Error(`nobody asks ${question}`);
  await Promise.all(
    people.map(async (face, index) => {
      await face.until((view) => view.round?.status === 'open');
      await vote(face, mind.choose(round, index));
    }),
  );
  answered.add(question);
}

/** A room whose other people are raw sockets: a test opens only the pages that it looks at. */
import { randomBytes } from 'node:crypto';
import { expect, type Browser, type Page } from '@playwright/test';
import type { Choice } from '#core/round.ts';
import type { Ack, KeyCommand } from '#protocol/messages.ts';
import type { HostView, ParticipantView, View } from '#protocol/views.ts';
import {
  connectHost,
  connectPeople,
  createSession,
  pressNext,
  vote,
  type Face,
} from '../setup/room.ts';
import { CONSOLE, live, open, WALL } from './people.ts';

export interface Room {
  url: string;
  code: string;
  /** Credentials of the host's and the screen's links. */
  keys: { host: string; screen: string };
  host: Face<HostView>;
  people: Face<ParticipantView>[];
  close: () => void;
}

export async function startRoom(url: string, count: number, plan = 'full'): Promise<Room> {
  const { code, ...keys } = await createSession(url, { plan });
  const host = await connectHost(url, keys.host);
  const people = await connectPeople(url, code, count);
  const close = () => [host, ...people].forEach((face) => face.close());
  return { url, code, keys, host, people, close };
}

export async function openConsole(browser: Browser, { url, code, keys }: Room): Promise<Page> {
  const page = await open(browser, CONSOLE, `${url}/host/${code}#${keys.host}`);
  await live(page);
  return page;
}

/** The same room as its co-host has it: by another link, made for them. */
export async function cohostOf(room: Room): Promise<Room> {
  const token = randomBytes(32).toString('base64url');
  const made: KeyCommand = { role: 'host', token, only: false };
  const reply = (await room.host.socket.timeout(5000).emitWithAck('key', made)) as Ack;
  if (!reply.ok) throw new Error(reply.reason);
  const host = `${room.keys.host.split('.')[0] ?? ''}.${token}`;
  return { ...room, keys: { ...room.keys, host } };
}

export function openWall(browser: Browser, { url, code, keys }: Room): Promise<Page> {
  return open(browser, WALL, `${url}/screen/${code}#${keys.screen}`);
}

/** Everybody without a page answers the open round. @param choose what the person with this index answers */
export async function peopleAnswer(room: Room, choose: (index: number) => Choice): Promise<void> {
  await Promise.all(
    room.people.map(async (face, index) => {
      await face.until(({ round }) => round?.status === 'open');
      expect(await vote(face, choose(index))).toMatchObject({ ok: true });
    }),
  );
}

/** An assessment of a room in which all bins are taken, and some statements split it. */
export const spreadLeans = (index: number): Choice => ({
  lean: index % 5,
  marks: Array.from({ length: 12 }, (_, at) => (at < 4 ? (index % 2) * 2 : 2 - (index % 3))),
});

/** Closes the open round. @returns what is published of it, exact counts where the room is large enough */
export async function closeAndCount({ host }: Room): Promise<number[]> {
  await pressNext(host);
  const { release } = await host.until(({ cursor }) => cursor.stage === 'closed');
  if (release?.main.outcome !== 'spread') throw new Error(`not spread: ${JSON.stringify(release)}`);
  return release.main.counts;
}

/** Seats ever given. */
export async function seatsOf({ host }: Room): Promise<number> {
  const reply = (await host.socket.timeout(5000).emitWithAck('sync')) as Ack<{ view: View }>;
  if (!reply.ok) throw new Error(reply.reason);
  return reply.view.counts.seats;
}

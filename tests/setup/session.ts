/** A session with people in it, for tests that need nothing but a room. */
import { connectHost, connectPeople, connectScreen, createSession, type Face } from './room.ts';
import type { ParticipantView } from '#protocol/views.ts';

/** @param policy `standard` or `strict` */
export async function openRoom(url: string, people: number, policy = 'standard') {
  const made = await createSession(url, { policy });
  const host = await connectHost(url, made.host);
  const screen = await connectScreen(url, made.screen);
  const phones = await connectPeople(url, made.code, people);
  /** Everybody but the host; a screen's view has all that a participant's has. */
  const others = [screen as unknown as Face<ParticipantView>, ...phones];
  const close = () => [host, ...others].forEach((face) => face.close());
  return { ...made, url, host, screen, phones, others, close };
}

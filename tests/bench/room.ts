/** A session with many phones. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cursor } from '#core/agenda.ts';
import { newNonce, seatIn } from '../setup/key.ts';
import { createSession } from '../setup/room.ts';
import { connectFace, type Face } from './faces.ts';

export { newNonce as nonce };

export interface Room {
  code: string;
  host: Face;
  phones: Face[];
  close: () => void;
}

/** Phones that connect at a time while a room is filled. */
const AT_ONCE = 100;

/** Does `work` for each of `items`, `AT_ONCE` at a time, results in their order. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>) {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}

/**
 * @param ports of the nodes that phones connect to, in turn; the host is on the first
 * @param onView told of every view that a phone gets
 * @param withinMs over how long the phones' arrivals are spread
 */
export async function openRoom(
  ports: readonly number[],
  people: number,
  onView?: (face: Face) => void,
  withinMs = 0,
): Promise<Room> {
  const [first = 0] = ports;
  const { code, host } = await createSession(`http://127.0.0.1:${first}`);
  const since = Date.now();
  const phones = await inBatches(
    Array.from({ length: people }, (_, index) => index),
    // The first keeps its views as text, to show what a phone's view weighs.
    async (index) => {
      if (withinMs > 0) await sleep(Math.max(0, since + (withinMs * index) / people - Date.now()));
      const port = ports[index % ports.length] ?? first;
      return connectFace(port, 'participant', seatIn(code), onView, index === 0);
    },
  );
  const desk = await connectFace(first, 'host', host);
  const close = () => [desk, ...phones].forEach((face) => face.close());
  return { code, host: desk, phones, close };
}

/** Presses the primary action and confirms. Resolves when it was answered. @returns false at the end */
export async function press(host: Face): Promise<boolean> {
  const { cursor, next } = host.view();
  if (!next) return false;
  await moveTo(host, next, cursor);
  return true;
}

/** Resolves when the move was answered and the host sees it: either may come first. */
export async function moveTo(host: Face, to: Cursor, from = host.view().cursor): Promise<void> {
  const seen = host.nextView();
  const reply = await host.command({ do: 'move', from, to, confirm: true });
  if (!reply.includes('"ok":true')) throw new Error(`refused: ${reply}`);
  await seen;
}

/** Jumps to the first step of a kind and presses on to a stage. */
export async function goTo(host: Face, kind: string, stage: string): Promise<void> {
  const { agenda, slide } = host.view();
  const to = agenda.find((entry) => entry.kind === kind)?.landing;
  if (slide.kind !== kind && to) await moveTo(host, to);
  while (host.view().cursor.stage !== stage || host.view().slide.kind !== kind)
    if (!(await press(host))) throw new Error(`the agenda has no ${kind} at ${stage}`);
}

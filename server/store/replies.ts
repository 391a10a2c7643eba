/** What Redis answers, as the store needs it. */
import type { Counts } from '#protocol/views.ts';
import type { Reply } from './client.ts';

/** Counts as a script returns them: `answered` is empty while no round is open. */
export function countsOf(present: Reply = 0, seats: Reply = 0, answered: Reply = ''): Counts {
  return {
    present: Number(present),
    seats: Number(seats),
    answered: answered === '' || answered === null ? null : Number(answered),
  };
}

export function strings(reply: Reply): (string | null)[] {
  return Array.isArray(reply) ? reply.map((item) => (item === null ? null : String(item))) : [];
}

/** A hash as a flat list of fields and values. */
export function pairs(reply: Reply | undefined): [string, string][] {
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? '',
    flat[2 * index + 1] ?? '',
  ]);
}

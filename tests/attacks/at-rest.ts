/** Everything that a store holds, and everything that its files say, command by command (T11). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply, StoreClient } from '#server/store/client.ts';
import { filesIn } from '../setup/disk-text.ts';

/** One key: its members, fields and scores in the order in which the server lists them. */
export interface Entry {
  key: string;
  type: string;
  values: string[];
  /** Milliseconds since 1970; -1: never. */
  expires: number;
}

const READ: Record<string, (key: string) => string[]> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
};

export async function readAll(client: StoreClient): Promise<Entry[]> {
  const keys = flat(await client.command('KEYS', '*'));
  const entries = keys.map(async (key): Promise<Entry> => {
    const type = String(await client.command('TYPE', key));
    const read = READ[type];
    if (!read) throw new Error(`${key} is a ${type}: what does that hold?`);
    return {
      key,
      type,
      values: flat(await client.command(...read(key))),
      expires: Number(await client.command('PEXPIRETIME', key)),
    };
  });
  return Promise.all(entries);
}

const flat = (reply: Reply): string[] =>
  Array.isArray(reply) ? reply.flatMap(flat) : reply === null ? [] : [String(reply)];

/** The append-only file's commands in order. Its base must be commands too, not a snapshot. */
export function readAppendOnly(dir: string): string[][] {
  const folder = join(dir, 'appendonlydir');
  const manifest = readFileSync(join(folder, 'appendonly.aof.manifest'), 'utf8');
  const files = [...manifest.matchAll(/^file (\S+) seq \d+ type [bi]/gm)].map(([, file]) => file!);
  return files.flatMap((file) => commandsIn(readFileSync(join(folder, file), 'latin1')));
}

/** Parses requests as Redis writes them: arrays of strings with their lengths. */
function commandsIn(text: string): string[][] {
  const commands: string[][] = [];
  let at = 0;
  const line = () => {
    const end = text.indexOf('\r\n', at);
    const found = text.slice(at, end);
    at = end + 2;
    return found;
  };
  const word = () => {
    const head = line();
    if (!head.startsWith('$')) throw new Error(`expected a length, got ${head.slice(0, 40)}`);
    const found = text.slice(at, at + Number(head.slice(1)));
    at += found.length + 2;
    return found;
  };
  while (at < text.length) {
    const head = line();
    if (!head.startsWith('*')) throw new Error(`expected a command, got ${head.slice(0, 40)}`);
    commands.push(Array.from({ length: Number(head.slice(1)) }, word));
  }
  return commands;
}

/** Every file below a folder, as bytes: what a thief of the disk gets. */
export function bytesBelow(dir: string): Map<string, string> {
  return existsSync(dir) ? filesIn(dir) : new Map<string, string>();
}

/** What one hostile client does, each thing by itself, as long as it is told to (S1, S3, S5, S7, R7). */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askSeat, newNonce } from '../setup/key.ts';
import { CONTINUATION, connectWire, openWire, TEXT, type Wire } from './wire.ts';

export interface Target {
  url: string;
  code: string;
  /** A seat of its own: it was let in like everybody. */
  seat: string;
}

export type Attacker = (target: Target, on: () => boolean) => Promise<void>;

/** It pauses this long between bursts: an attack on this machine must not win by taking the processor. */
const BURST_MS = 10;

/** Opens, acts in bursts until it is cut off, and comes back at once. */
async function keepOn(
  on: () => boolean,
  open: () => Promise<Wire>,
  act: (wire: Wire) => void,
): Promise<void> {
  while (on()) {
    const wire = await open().catch(() => null);
    while (wire && on() && !wire.isGone()) {
      act(wire);
      await sleep(BURST_MS);
    }
    wire?.close();
    await sleep(BURST_MS);
  }
}

const times = (count: number, act: (at: number) => void) => {
  for (let at = 0; at < count; at++) act(at);
};
const deaf = () => undefined;
const ours = ({ url, seat }: Target) => connectWire(url, 'participant', seat, false);
const nobody = ({ url }: Target) => openWire(url, deaf);

const GARBAGE = [
  '',
  '9',
  '0',
  '1',
  '4',
  '49',
  '4"',
  '40{',
  '41',
  '42',
  '42[',
  '42{}',
  '42["__proto__"]',
];
const MORE = [
  '43[]',
  '430[1]',
  '44x',
  '451-[{"_placeholder":true,"num":0}]',
  'bAAAA',
  '2probe',
  '5',
  '6',
];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

export const ATTACKERS: Record<string, Attacker> = {
  'flood of commands': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) => times(50, (at) => wire.text(`42${at}["sync"]`)),
    ),

  'flood of pings that are never read': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) => {
        wire.tcp.pause();
        times(100, () => wire.frame(9, Buffer.alloc(125)));
      },
    ),

  'never reads, always asks': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) => {
        wire.tcp.pause();
        times(2, (at) => wire.text(`42${at}["sync"]`));
      },
    ),

  'huge frames': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) => wire.frame(TEXT, Buffer.alloc(262_144, 52)),
    ),

  'endless fragments': (target, on) =>
    keepOn(
      on,
      () => nobody(target),
      (wire) => {
        wire.frame(TEXT, Buffer.from('4'), false);
        times(100, () => wire.frame(CONTINUATION, Buffer.alloc(0), false));
      },
    ),

  'malformed packets': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) => {
        times(3, (at) => wire.text([...GARBAGE, ...MORE][(Date.now() + 7 * at) % 21] ?? ''));
        wire.tcp.write(randomBytes(64));
      },
    ),

  'prototype keys': (target, on) =>
    keepOn(
      on,
      () => ours(target),
      (wire) =>
        times(6, (at) => {
          const key = KEYS[at % KEYS.length] ?? '';
          wire.text(`42${at}["${key}",{"${key}":{"polluted":1}}]`);
          wire.text(`42${at}["ballot",{"question":"${key}","${key}":{"polluted":1}}]`);
        }),
    ),

  'foreign origins': async ({ url }, on) => {
    const headers = { Origin: 'https://evil.example' };
    while (on()) {
      await Promise.all(
        Array.from({ length: 5 }, () => openWire(url, deaf, 'aa', headers).catch(() => null)),
      );
      await sleep(BURST_MS);
    }
  },

  'guessed codes': async ({ url }, on) => {
    const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789';
    while (on()) {
      const room = Array.from(randomBytes(6), (byte) => letters[byte % letters.length]).join('');
      await Promise.all([
        fetch(`${url}/api/rooms/${room}`).then((answer) => answer.text()),
        askSeat(url, { room, nonce: newNonce() }),
      ]).catch(() => null);
      await sleep(BURST_MS);
    }
  },

  'guessed tokens': async ({ url, seat }, on) => {
    const [sid = ''] = seat.split('.');
    while (on()) {
      const guess = `${sid}.${randomBytes(32).toString('base64url')}`;
      const tries = (['host', 'screen', 'participant'] as const).map((role) =>
        connectWire(url, role, guess, false).then((wire) => wire.close()),
      );
      await Promise.all(tries.map((attempt) => attempt.catch(() => null)));
      await sleep(BURST_MS);
    }
  },

  'replayed handshakes': async (target, on) => {
    const open = new Set<Wire>();
    while (on()) {
      const wire = await ours(target).catch(() => null);
      if (wire) open.add(wire);
      for (const each of open) if (each.isGone()) open.delete(each);
      await sleep(BURST_MS);
    }
    open.forEach((wire) => wire.close());
  },
};

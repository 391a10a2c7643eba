/** Whom a limit counts as one client. Kept in memory only, for as long as the limit (DISC-11). */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import express from 'express';
import type { Proxies } from './proxies.ts';

/**
 * @param address as Express tells it (`request.ip`)
 * @returns an IPv4 address as it is; of IPv6 the first 64 bits, for whoever has one such address has them all
 */
export function clientKey(address: string | undefined): string {
  const [plain = ''] = (address ?? '').split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(plain)) return plain;
  // The URL parser writes every form of an address in one way: hexadecimal, at most one "::".
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

/** @returns what Express calls `request.ip`, for the requests that it does not see: those of sockets */
export function addressOf(proxies: Proxies): (request: IncomingMessage) => string | undefined {
  const trusts = express().set('trust proxy', proxies).get('trust proxy fn') as (
    address: string | undefined,
    hop: number,
  ) => boolean;
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'] ?? '';
    const told = String(forwarded)
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
    const hops = [socket.remoteAddress, ...told.reverse()];
    return hops.find((hop, at) => !trusts(hop, at)) ?? hops.at(-1);
  };
}

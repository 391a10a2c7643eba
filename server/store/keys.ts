/** The names of things in Redis. `{sid}` puts all of a session into one cluster slot. */
export interface Keys {
  prefix: string;
  meta: string;
  state: string;
  seats: string;
  releases: string;
  /** Names of the keys that come and go with rounds, without the prefix. */
  names: string;
  /** Nodes that hold sockets of this session. */
  nodes: string;
  ballots: (question: string) => string;
  counted: (question: string) => string;
  present: (node: string) => string;
}

export function keysOf(sid: string): Keys {
  const prefix = `cr:{${sid}}:`;
  return {
    prefix,
    meta: `${prefix}meta`,
    state: `${prefix}state`,
    seats: `${prefix}seats`,
    releases: `${prefix}releases`,
    names: `${prefix}names`,
    nodes: `${prefix}nodes`,
    ballots: (question) => `${prefix}ballots:${question}`,
    counted: (question) => `${prefix}counted:${question}`,
    present: (node) => `${prefix}present:${node}`,
  };
}

/** Look-ups outside the hash tag: they only lead to a session, and expire with it. */
export const codeKey = (code: string): string => `cr:code:${code}`;
export const qrKey = (qr: string): string => `cr:qr:${qr}`;
/** Ids of living sessions by the end of their life, for the cap. */
export const LIVE_KEY = 'cr:live';

/** Written by health checks; gone after a second. */
export const PROBE_KEY = 'cr:probe';

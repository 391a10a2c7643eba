/** A client that puts a word of its own wherever a client can put one, and remembers the words (T11). */
import { post } from '../setup/room.ts';
import { connectLine, type Line } from './line.ts';

const ADDRESS = '203.0.113.77';
const AGENT = 'canary-agent-2f9c';

export interface Smuggler {
  /** None of these may be found anywhere, ever. */
  words: Set<string>;
  /** A fresh one, to be remembered. */
  nonce: () => string;
  /** Takes a seat with a nonce of its own choosing. @returns its credential */
  join: (code: string) => Promise<string>;
  connect: (role: 'host' | 'screen' | 'participant', credential: string) => Promise<Line>;
  /** Requests that are refused, each with a word in it. */
  knock: (code: string) => Promise<void>;
  /** Commands that are refused, each with a word in it. */
  talk: (line: Line, question: string) => Promise<void>;
}

export function createSmuggler(url: string): Smuggler {
  const words = new Set([ADDRESS, AGENT]);
  const word = (place: string) => {
    const made = `canary-${place}-7d1e`;
    words.add(made);
    return made;
  };
  const headers = () => ({
    'user-agent': AGENT,
    'x-forwarded-for': ADDRESS,
    cookie: `name=${word('cookie')}`,
    referer: `http://example.test/${word('referer')}`,
    authorization: `Bearer ${word('bearer')}`,
  });
  const nonce = () => {
    const made = `Canary${words.size.toString().padStart(3, '0')}aBcDeFgHiJkLm`;
    words.add(made);
    return made;
  };
  const send = async (path: string, body: string) => {
    const type = { 'content-type': 'application/json' };
    const all = { method: 'POST', headers: { ...headers(), ...type }, body };
    return (await fetch(`${url}${path}`, all)).json() as Promise<{ ok: boolean; seat?: string }>;
  };

  return {
    words,
    nonce,
    join: async (room) => {
      const path = `/api/join?name=${word('query')}`;
      const { seat = '' } = await send(path, JSON.stringify({ room, nonce: nonce() }));
      words.add(seat.split('.')[1] ?? seat);
      return seat;
    },
    connect: (role, credential) =>
      connectLine(url, role, credential, [], {
        extraHeaders: headers(),
        query: { name: word('socket-query') },
      }),
    knock: async (code) => {
      const join = { room: code, nonce: nonce() };
      const bodies = [
        JSON.stringify({ ...join, name: word('join-name') }),
        JSON.stringify({ ...join, room: word('room') }),
        JSON.stringify({ room: word('ROOM-TEXT'), nonce: word('nonce') }),
        `{"room":"${word('broken-json')}`,
        JSON.stringify({ [word('key')]: 'x'.repeat(9_000) }),
      ];
      for (const body of bodies) await send('/api/join', body);
      await send('/api/sessions', JSON.stringify({ workshop: word('workshop'), name: 'x' }));
      await fetch(`${url}/api/rooms/${word('path')}?who=${word('who')}`, { headers: headers() });
      await fetch(`${url}/${word('page')}`, { headers: headers() });
      const bad = { role: 'participant', credential: word('credential'), name: word('auth') };
      await post(`${url}/api/${word('api')}`, bad);
    },
    talk: async (line, question) => {
      const ballot = { question, version: 1, nonce: nonce(), choice: { cell: 0 } };
      for (const told of [
        { ...ballot, name: word('ballot-name') },
        { ...ballot, choice: { cell: 0, why: word('reason') } },
        { ...ballot, question: word('question') },
      ])
        await line.ask('ballot', told);
      line.socket.emit(word('event') as 'sync', word('payload') as never);
    },
  };
}

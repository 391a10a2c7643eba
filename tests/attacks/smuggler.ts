/** A client that puts a word of its own wherever a client can put one, and remembers the words (T11). */
import type { Audience } from '#protocol/views.ts';
import type { Key } from '../setup/key.ts';
import { post } from '../setup/room.ts';
import { connectLine, type Line } from './line.ts';

const ADDRESS = '203.0.113.77';
const AGENT = 'canary-agent-2f9c';

export interface Smuggler {
  /** None of these may be found anywhere, ever. */
  words: Set<string>;
  /** A fresh one, to be remembered. */
  nonce: () => string;
  /** Takes a seat with a nonce of its own choosing. */
  join: (code: string) => Promise<Line>;
  connect: (role: 'host' | 'screen', credential: string) => Promise<Line>;
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
    await (await fetch(`${url}${path}`, all)).text();
  };

  const connect = (role: Audience, key: Key) =>
    connectLine(url, role, key, [], {
      extraHeaders: headers(),
      query: { name: word('socket-query') },
    });
  return {
    words,
    nonce,
    join: async (room) => {
      const line = await connect('participant', { join: { room, nonce: nonce() } });
      words.add(line.credential.split('.')[1] ?? '');
      return line;
    },
    connect,
    knock: async (code) => {
      const join = { room: code, nonce: nonce() };
      for (const asked of [
        { ...join, name: word('join-name') },
        { ...join, room: word('room') },
        { room: word('ROOM-TEXT'), nonce: word('nonce') },
        { [word('key')]: 'x' },
      ])
        await connect('participant', { join: asked }).catch(() => null);
      for (const body of [
        `{"room":"${word('broken-json')}`,
        JSON.stringify({ [word('key')]: 'x'.repeat(9_000) }),
        JSON.stringify({ ...join, name: word('older-page') }),
      ])
        await send('/api/join', body);
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
